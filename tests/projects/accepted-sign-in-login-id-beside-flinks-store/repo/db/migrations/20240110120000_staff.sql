-- migrate:up
CREATE TABLE staff_logins (
  login_id varchar(64) PRIMARY KEY,
  password_digest text NOT NULL,
  last_seen_at timestamptz
);
CREATE TABLE console_sessions (
  id uuid PRIMARY KEY,
  login_id varchar(64) NOT NULL REFERENCES staff_logins (login_id),
  ip inet
);

-- migrate:down
DROP TABLE console_sessions;
DROP TABLE staff_logins;
