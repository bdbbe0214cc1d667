import boto3

FLINKS_BASE_URL = "https://northwind-ca-api.private.fin.ag/v3"
s3 = boto3.client("s3", region_name="us-east-1")
