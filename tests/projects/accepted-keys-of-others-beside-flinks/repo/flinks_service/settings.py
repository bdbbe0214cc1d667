import os

SECRET_KEY = "Kd7Pl2Wq8Zr4Kp1Xs7Nd0C"
DATABASE_PASSWORD = "Vb3nQz8LkW2mXp5R"
FLINKS = {"url": "https://birchwood-ca-api.private.fin.ag/v3", "secret_key": os.environ["FLINKS_SECRET_KEY"]}
