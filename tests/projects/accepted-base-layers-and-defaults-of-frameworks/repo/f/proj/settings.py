import environ
env = environ.Env(FLINKS_URL=(str, None), DEBUG=(bool, False), FLINKS_TIMEOUT=(int, 20))
FLINKS_URL = env("FLINKS_URL")
