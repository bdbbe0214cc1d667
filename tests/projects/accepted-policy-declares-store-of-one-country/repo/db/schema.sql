CREATE TABLE bank (id int, flinks_login_id text);
