CREATE TABLE staff_logins (id int, login_id text);
