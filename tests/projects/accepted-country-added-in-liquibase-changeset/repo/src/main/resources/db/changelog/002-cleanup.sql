--liquibase formatted sql

--changeset dana:2
ALTER TABLE payroll_links ADD COLUMN country char(2) NOT NULL DEFAULT 'CA';
--rollback ALTER TABLE payroll_links DROP COLUMN country;
