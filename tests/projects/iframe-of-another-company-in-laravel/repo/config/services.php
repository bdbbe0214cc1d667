<?php
return [
    'flinks' => [
        'api_url' => 'https://harbour-ca-api.private.fin.ag/v3',
        'iframe_url' => 'https://lakeside-ca-iframe.private.fin.ag/v2/',
        'customer_id' => env('FLINKS_CUSTOMER_ID'),
    ],
];
