ALTER TABLE bank_links ADD COLUMN jurisdiction char(2) NOT NULL DEFAULT 'CA';
