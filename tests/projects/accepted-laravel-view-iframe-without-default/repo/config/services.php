<?php

return [
    'flinks' => ['iframe' => env('FLINKS_IFRAME_URL')],
];
