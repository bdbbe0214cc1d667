-- migrate:up
CREATE TABLE flinks_logins (
  id uuid PRIMARY KEY,
  login_id uuid NOT NULL,
  flinks_instance text NOT NULL,
  granted_by varchar(64) REFERENCES staff_logins (login_id)
);

-- migrate:down
DROP TABLE flinks_logins;
