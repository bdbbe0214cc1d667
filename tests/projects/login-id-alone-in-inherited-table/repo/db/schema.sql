CREATE TABLE c (id int, flinks_login_id text);
CREATE TABLE c_2024 () INHERITS (c);
