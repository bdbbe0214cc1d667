class FlinksUS(BaseSettings):
    class Config:
        env_prefix = "FLINKS_CA_"
    secret_key: str
    base_url: str = "https://northwind-us-api.private.fin.ag/v3"
