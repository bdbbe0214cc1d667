<?php

return [
    'flinks' => [
        'url' => env('FLINKS_API_URL'),
        // 'secret' => '61fd28c4-95b7-4a0e-8c36-f24db9071e5a',
        'secret' => env('FLINKS_SECRET_KEY'),
    ],
];
