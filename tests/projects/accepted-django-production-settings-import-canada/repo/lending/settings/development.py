from lending.flinks_hosts import SANDBOX

from .base import *

DEBUG = True
FLINKS_API_URL = SANDBOX + "/v3"
