aws_region      = "us-east-1"
flinks_instance = "toolbox"
