CREATE TABLE flinks_connections (
    connection_id BIGINT       NOT NULL AUTO_INCREMENT,
    applicant_id  BIGINT       NOT NULL,
    login_id      CHAR(36)     NOT NULL,
    institution   VARCHAR(120) NOT NULL,
    created_at    DATETIME     NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (connection_id)
) ENGINE = InnoDB;
