aws_region      = "ca-central-1"
flinks_instance = "northwind-ca"
