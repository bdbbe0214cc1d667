CREATE TABLE bank (id int PRIMARY KEY, flinks_login_id varchar(36), country text);
CREATE TABLE pulls (id int, bank_id int NOT NULL REFERENCES bank (id), flinks_login_id varchar(36), at timestamptz);
