CREATE TABLE bank (id bigint, flinks_login_id text NOT NULL, country text);
CREATE TABLE bank_archive (LIKE bank INCLUDING ALL);
CREATE TABLE bank_old LIKE bank;
CREATE TABLE bank_bak AS SELECT * FROM bank;
