CREATE TABLE links (id int PRIMARY KEY, flinks_login_id text);
