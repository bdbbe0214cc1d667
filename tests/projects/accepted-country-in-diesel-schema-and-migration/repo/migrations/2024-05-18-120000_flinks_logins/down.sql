DROP TABLE flinks_logins;
