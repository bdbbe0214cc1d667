CREATE TABLE flinks_logins (
    id SERIAL PRIMARY KEY,
    borrower_id INTEGER NOT NULL,
    login_id UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
