-- +goose Up
CREATE TABLE account_links (
    id              uuid PRIMARY KEY,
    borrower_id     uuid NOT NULL,
    flinks_login_id text NOT NULL
);

-- +goose Down
DROP TABLE account_links;
