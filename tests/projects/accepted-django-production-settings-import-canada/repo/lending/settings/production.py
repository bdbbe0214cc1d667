from lending.flinks_hosts import CANADA as FLINKS_HOST

from .base import *

DEBUG = False
FLINKS_API_URL = f"{FLINKS_HOST}/v3"
