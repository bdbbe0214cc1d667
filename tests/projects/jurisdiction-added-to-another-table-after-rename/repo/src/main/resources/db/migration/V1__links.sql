CREATE TABLE links (
  id bigserial PRIMARY KEY,
  member_id bigint NOT NULL,
  flinks_login_id varchar(36) NOT NULL
);
CREATE TABLE link_events (
  id bigserial PRIMARY KEY,
  link_id bigint NOT NULL REFERENCES links (id),
  kind varchar(40) NOT NULL
);
