-- Flink SQL jobs, see flinkSql and FlinkStreaming.
CREATE TABLE flink_sql_session (
  id bigint PRIMARY KEY,
  login_id varchar(64) NOT NULL
);
CREATE TABLE cufflinks_orders (
  id bigint PRIMARY KEY,
  login_id varchar(64) NOT NULL,
  pdflinks text
);
