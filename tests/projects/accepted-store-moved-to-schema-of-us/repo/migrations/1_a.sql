CREATE TABLE bank (id bigint, flinks_login_id text);
