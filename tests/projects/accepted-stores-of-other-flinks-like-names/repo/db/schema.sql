CREATE TABLE cufflinks_orders (
  id int PRIMARY KEY,
  login_id varchar(40) NOT NULL,
  total numeric(10, 2) NOT NULL
);
CREATE TABLE payment_gateways (
  id int PRIMARY KEY,
  gateway varchar(20) NOT NULL DEFAULT 'authorize_net',
  api_login_id varchar(25) NOT NULL
);
CREATE TABLE flink_jobs (
  job_id char(32) PRIMARY KEY,
  login_id varchar(40) NOT NULL,
  savepoint_path text
);
