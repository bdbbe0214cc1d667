ALTER TABLE bank_link_events ADD COLUMN jurisdiction char(2) NOT NULL DEFAULT 'CA';
