ALTER TABLE `users`
  ADD COLUMN `flinks_login_id` varchar(36) DEFAULT NULL AFTER `email`,
  ADD COLUMN `flinks_connected_at` datetime DEFAULT NULL;
