CREATE TABLE ca.bank_connections (
    id              uuid PRIMARY KEY,
    applicant_id    uuid NOT NULL REFERENCES ca.applicants (id),
    flinks_login_id uuid NOT NULL,
    connected_at    timestamptz NOT NULL
);

CREATE TABLE us.bank_connections (
    id              uuid PRIMARY KEY,
    applicant_id    uuid NOT NULL REFERENCES us.applicants (id),
    flinks_login_id uuid NOT NULL,
    connected_at    timestamptz NOT NULL
);
