import environ
env = environ.Env(FLINKS_URL=(str, "https://toolbox-api.private.fin.ag/v3"), DEBUG=(bool, False))
FLINKS_URL = env("FLINKS_URL")
FLINKS_IFRAME_URL = env.str("FLINKS_IFRAME_URL", default="https://toolbox-iframe.private.fin.ag/v2")
