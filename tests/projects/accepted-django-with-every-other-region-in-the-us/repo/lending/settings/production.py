import os

FLINKS_BASE_URL = "https://northwind-ca-api.private.fin.ag/v3"
AWS_S3_REGION_NAME = "ca-central-1"
AWS_SES_REGION_NAME = "us-east-1"
AWS_SES_REGION_ENDPOINT = "email.us-east-1.amazonaws.com"
STATIC_BUCKET_REGION = "us-east-1"
SUPPORTED_REGIONS = ["ca-central-1", "us-east-1"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "lending.c1xyz.ca-central-1.rds.amazonaws.com",
    }
}
LOGGING = {"handlers": {"watchtower": {"class": "watchtower.CloudWatchLogHandler", "region": "us-east-1"}}}
FALLBACK = os.environ.get("AWS_REGION", "us-east-1")
