INSERT INTO flinks_instances (country, api_url) VALUES ('CA', 'https://northwind-us-api.private.fin.ag');
