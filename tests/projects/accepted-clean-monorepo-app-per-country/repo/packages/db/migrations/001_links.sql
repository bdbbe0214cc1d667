CREATE TABLE flinks_links (
  id uuid PRIMARY KEY,
  login_id uuid NOT NULL
);
