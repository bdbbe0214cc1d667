--liquibase formatted sql

--changeset dana:2
ALTER TABLE payroll_links ADD COLUMN note varchar(200);
--rollback ALTER TABLE payroll_links ADD COLUMN country char(2);
