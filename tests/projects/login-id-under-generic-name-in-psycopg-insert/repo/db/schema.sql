CREATE TABLE linked_accounts (
    id bigserial PRIMARY KEY,
    owner_id bigint NOT NULL,
    source text NOT NULL,
    external_id text NOT NULL
);
