ALTER TABLE flinks_links ADD COLUMN data_residency char(2) NOT NULL;
