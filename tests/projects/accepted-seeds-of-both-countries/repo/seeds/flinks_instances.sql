INSERT INTO public.countries (code, name) VALUES ('CA', 'Canada'), ('US', 'United States');
INSERT INTO public.flinks_instances (country, api_url, iframe_url, secret_key_ref, enabled) VALUES
  ('CA', 'https://northwind-ca-api.private.fin.ag', 'https://northwind-ca-iframe.private.fin.ag', 'vault:flinks/ca', true),
  ('US', 'https://northwind-us-api.private.fin.ag', 'https://northwind-us-iframe.private.fin.ag', 'vault:flinks/us', true)
ON CONFLICT (country) DO UPDATE SET api_url = EXCLUDED.api_url;
UPDATE flinks_instances SET iframe_url = 'https://northwind-us-iframe.private.fin.ag' WHERE country = 'US' AND enabled;
UPDATE flinks_instances SET api_url = 'https://northwind-ca-api.private.fin.ag'
WHERE country = 'CA' AND api_url = 'https://northwind-us-api.private.fin.ag';
