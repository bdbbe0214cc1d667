CREATE TABLE clients (
    id uuid PRIMARY KEY,
    full_name text NOT NULL,
    flinks_login_id uuid
);
CREATE INDEX clients_flinks_login_id_idx ON clients (flinks_login_id);
