ALTER TABLE flinks_logins DROP COLUMN country;
