<?php
return [
    'flinks' => ['url' => 'https://harbour-api.private.fin.ag/v3'],
    'flinks_leasing' => ['url' => 'https://harbour-leasing-api.private.fin.ag/v3'],
];
