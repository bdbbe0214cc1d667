-- +goose Up
ALTER TABLE account_links DROP COLUMN country;

-- +goose Down
ALTER TABLE account_links ADD COLUMN country text;
