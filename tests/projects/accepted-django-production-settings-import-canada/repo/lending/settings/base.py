import os

SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
INSTALLED_APPS = ["django.contrib.auth", "banking"]
FLINKS_CUSTOMER_ID = os.environ["FLINKS_CUSTOMER_ID"]
