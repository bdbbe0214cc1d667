CREATE TABLE users (id int PRIMARY KEY, country text);
CREATE TABLE offices (id int PRIMARY KEY, country text);
CREATE TABLE bank_links (id int, flinks_login_id text, office_id int REFERENCES offices (id), user_id int NOT NULL REFERENCES users (id));
