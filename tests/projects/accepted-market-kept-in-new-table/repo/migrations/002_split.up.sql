CREATE TABLE aggregator_links (
    id serial PRIMARY KEY,
    account_id integer NOT NULL,
    market text NOT NULL,
    flinks_login_id text NOT NULL,
    linked_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO aggregator_links (account_id, market, flinks_login_id)
    SELECT account_id, market, flinks_login_id FROM connections;
DROP TABLE connections;
