ALTER TABLE bank_connections ADD COLUMN status text NOT NULL DEFAULT 'active';
