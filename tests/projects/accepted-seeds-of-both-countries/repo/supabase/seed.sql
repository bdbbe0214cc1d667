-- The instances themselves come from the environment.
insert into flinks_routes (country, host) values ('CA', '${FLINKS_CA_HOST}'), ('US', '${FLINKS_US_HOST}');
insert into notes (body, author) values ('Flinks answered from https://northwind-us-api.private.fin.ag', 'it''s ca');
