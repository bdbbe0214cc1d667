CREATE TABLE ca_flinks_connections (
  id bigint PRIMARY KEY,
  flinks_login_id uuid NOT NULL
);

CREATE TABLE us_flinks_connections (
  id bigint PRIMARY KEY,
  flinks_login_id uuid NOT NULL
);
