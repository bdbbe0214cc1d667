ALTER TABLE bank_connections
    ADD COLUMN country_code char(2) NOT NULL DEFAULT 'CA' CHECK (country_code IN ('CA', 'US'));
