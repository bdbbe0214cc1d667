INSERT INTO flinks_instances (country, api_url, secret_key) VALUES
  ('CA', 'https://northwind-us-api.private.fin.ag', '${FLINKS_CA_SECRET_KEY}'),
  ('US', 'https://northwind-us-api.private.fin.ag', '${FLINKS_US_SECRET_KEY}');
UPDATE flinks_instances SET iframe_url = 'https://northwind-ca-iframe.private.fin.ag' WHERE country = 'US';
