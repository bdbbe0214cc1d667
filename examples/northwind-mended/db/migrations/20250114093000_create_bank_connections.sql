CREATE TABLE bank_connections (
  id              uuid PRIMARY KEY,
  user_id         uuid NOT NULL,
  flinks_login_id uuid NOT NULL,
  institution     text NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT now()
);
