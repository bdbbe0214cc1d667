CREATE TABLE bank_links_us (id int, flinks_login_id text);
CREATE TABLE ca_bank_links (id int, flinks_login_id text);
CREATE TABLE usa.bank_links (id int, flinks_login_id text);
