<?php

return [
    'flinks' => ['iframe' => env('FLINKS_IFRAME_URL', 'https://toolbox-iframe.private.fin.ag/v2/')],
];
