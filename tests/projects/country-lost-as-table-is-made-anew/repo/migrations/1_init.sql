CREATE TABLE bank (id bigint, flinks_login_id text NOT NULL, country text);
