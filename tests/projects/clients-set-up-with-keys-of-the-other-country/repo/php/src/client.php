<?php
$client = new FlinksClient();
$client->setBaseUrl('https://northwind-ca-api.private.fin.ag/v3');
$client->setSecretKey(getenv('FLINKS_US_SECRET_KEY'));
$b = (new FlinksClientBuilder())->baseUrl('https://northwind-ca-api.private.fin.ag/v3')->secretKey(getenv('FLINKS_US_SECRET_KEY'))->build();
