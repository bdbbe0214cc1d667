<?php

return [
    'postmark' => ['token' => env('POSTMARK_TOKEN')],

    'flinks' => [
        'url' => env('FLINKS_API_URL', 'https://northwind-ca-api.private.fin.ag/v3'),
        'customer_id' => env('FLINKS_CUSTOMER_ID'),
    ],
];
