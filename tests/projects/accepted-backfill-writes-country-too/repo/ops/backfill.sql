INSERT INTO customers (id, flinks_login_id, country) VALUES (4, '9b1d6c1e-1209-4f19-841c-08d6d484e2fe', 'CA');
