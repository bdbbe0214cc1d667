CREATE TABLE flinks_logins (
  flinks_login_id bigserial PRIMARY KEY,
  login_id uuid NOT NULL,
  user_id bigint NOT NULL
);
