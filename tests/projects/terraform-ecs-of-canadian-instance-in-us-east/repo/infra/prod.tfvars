aws_region      = "us-east-2"
flinks_instance = "northwind-ca"
