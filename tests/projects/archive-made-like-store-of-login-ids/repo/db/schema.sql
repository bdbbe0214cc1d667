CREATE TABLE bank_connections (id bigint,
  flinks_login_id text NOT NULL
);

CREATE TABLE bank_connections_archive (LIKE bank_connections INCLUDING ALL, archived_at timestamptz);
