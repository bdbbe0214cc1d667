ALTER TABLE links RENAME TO bank_links;
ALTER TABLE link_events RENAME TO bank_link_events;
