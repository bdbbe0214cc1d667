ALTER TABLE links RENAME TO old_links;
CREATE TABLE links (id int, country text);
