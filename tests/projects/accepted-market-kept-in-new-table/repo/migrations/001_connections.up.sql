CREATE TABLE connections (
    id serial PRIMARY KEY,
    account_id integer NOT NULL,
    market text NOT NULL,
    flinks_login_id text NOT NULL
);
