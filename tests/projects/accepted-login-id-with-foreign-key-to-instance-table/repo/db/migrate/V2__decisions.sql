CREATE TABLE decisions (
    decision_id  BIGINT      NOT NULL AUTO_INCREMENT,
    applicant_id BIGINT      NOT NULL,
    outcome      VARCHAR(20) NOT NULL,
    country      CHAR(2)     NOT NULL,
    PRIMARY KEY (decision_id)
) ENGINE = InnoDB;
