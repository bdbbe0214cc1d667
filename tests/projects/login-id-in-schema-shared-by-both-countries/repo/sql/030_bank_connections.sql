CREATE TABLE shared.bank_connections (
    id              uuid PRIMARY KEY,
    applicant_id    uuid NOT NULL,
    flinks_login_id uuid NOT NULL,
    connected_at    timestamptz NOT NULL
);
