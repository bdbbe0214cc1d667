CREATE TABLE bank_connections (
    id               bigserial PRIMARY KEY,
    user_id          bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    flinks_login_id  uuid NOT NULL,
    institution_name text,
    last_synced_at   timestamptz,
    UNIQUE (user_id, flinks_login_id)
);
CREATE INDEX idx_bank_connections_login ON bank_connections (flinks_login_id);
