DROP INDEX clients_flinks_login_id_idx;
ALTER TABLE clients DROP COLUMN flinks_login_id;
