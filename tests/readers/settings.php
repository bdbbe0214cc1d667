<?php

// define('FLINKS_DECOY', 'https://decoy-us-api.private.fin.ag/v3');
# $flinksDecoy = 'https://decoy-us-api.private.fin.ag/v3';

/** @var string $flinksDecoy = 'https://decoy-us-api.private.fin.ag/v3' */
define('FLINKS_CA_API_URL', 'https://northwind-ca-api.private.fin.ag/v3');

final class Flinks
{
    private const US_WEBHOOK_URL = 'https://hooks.northwind.example' . '/flinks/us';
    public string $displayName = "Northwind \"two\" countries";
}

'https://decoy-us-api.private.fin.ag/v3';

return [
    'flinks' => [
        'ca' => [
            'customer_id' => '7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7',
            'secret_key' => env('FLINKS_CA_SECRET_KEY'),
        ],
        'us' => ['api_url' => "https://{$_ENV['FLINKS_US_INSTANCE']}-api.private.fin.ag/v3"],
    ],
];
