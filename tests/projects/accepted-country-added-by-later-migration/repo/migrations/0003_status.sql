ALTER TABLE bank_connections ADD COLUMN status text NOT NULL DEFAULT 'active';
COMMENT ON COLUMN bank_connections.flinks_login_id IS 'from the iframe redirect; country is not known here';
