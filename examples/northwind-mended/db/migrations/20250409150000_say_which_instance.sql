ALTER TABLE bank_connections ADD COLUMN flinks_instance text NOT NULL DEFAULT 'northwind-ca';
