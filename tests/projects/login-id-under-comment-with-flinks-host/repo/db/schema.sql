-- pulled nightly from https://northwind-ca-api.private.fin.ag/v3
CREATE TABLE bank_pull (id int, login_id uuid, pulled_at timestamptz);
