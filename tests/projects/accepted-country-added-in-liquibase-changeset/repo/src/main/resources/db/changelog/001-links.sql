--liquibase formatted sql

--changeset dana:1
CREATE TABLE payroll_links (
    id bigint NOT NULL PRIMARY KEY,
    employer_id bigint NOT NULL,
    flinks_login_id varchar(36) NOT NULL
);
--rollback DROP TABLE payroll_links;
