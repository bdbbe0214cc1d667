CREATE TABLE flinks_link (
    id uuid PRIMARY KEY,
    login_id uuid NOT NULL,
    country_code char(2) NOT NULL
);
CREATE VIEW link_summary AS
    SELECT id, login_id AS flinks_login_id FROM flinks_link;
CREATE TABLE auth_signin (
    login_id varchar(150) PRIMARY KEY,
    password varchar(128) NOT NULL
);
