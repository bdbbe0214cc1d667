from pydantic_settings import BaseSettings, SettingsConfigDict
class FlinksCanada(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="FLINKS_CA_")
    base_url: str = "https://northwind-ca-api.private.fin.ag/v3"
    secret_key: str

class FlinksUs(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="FLINKS_CA_")
    base_url: str = "https://northwind-us-api.private.fin.ag/v3"
    secret_key: str
