CREATE TABLE golflinks_players (
  id int PRIMARY KEY,
  login_id varchar(40) NOT NULL
);
