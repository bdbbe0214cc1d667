-- +goose Up
ALTER TABLE account_links ADD COLUMN country text;

-- +goose Down
ALTER TABLE account_links DROP COLUMN country;
