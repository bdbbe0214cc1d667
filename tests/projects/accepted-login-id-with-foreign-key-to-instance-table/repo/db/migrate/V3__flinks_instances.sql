CREATE TABLE flinks_instances (
    id      SMALLINT     NOT NULL,
    name    VARCHAR(60)  NOT NULL,
    country CHAR(2)      NOT NULL,
    PRIMARY KEY (id)
) ENGINE = InnoDB;

ALTER TABLE flinks_connections
    ADD COLUMN instance_id SMALLINT NOT NULL,
    ADD CONSTRAINT fk_connection_instance FOREIGN KEY (instance_id) REFERENCES flinks_instances (id);
