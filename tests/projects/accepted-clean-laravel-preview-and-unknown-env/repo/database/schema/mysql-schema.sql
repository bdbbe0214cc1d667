CREATE TABLE `flinks_logins` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `login_id` varchar(36) NOT NULL,
  `flinks_instance` varchar(60) NOT NULL,
  PRIMARY KEY (`id`)
);
CREATE TABLE `sessions` (
  `id` varchar(255) NOT NULL,
  `login_id` bigint unsigned DEFAULT NULL,
  PRIMARY KEY (`id`)
);
