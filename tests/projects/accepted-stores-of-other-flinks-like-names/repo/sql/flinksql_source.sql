CREATE TABLE clicks (
  login_id STRING,
  url STRING,
  ts TIMESTAMP(3)
) WITH (
  'connector' = 'kafka',
  'topic' = 'clicks',
  'format' = 'json'
);
