<?php

const FLINKS = 'https://northwind-ca-api.private.fin.ag/v3';

function score(string $person)
{
    $handle = curl_init();
    curl_setopt($handle, CURLOPT_URL, 'https://api.score.example/v2/people/' . $person);
    curl_setopt($handle, CURLOPT_HTTPHEADER, ['x-api-key: Hd4Kc81WnQz6Tp0JrVb5sXm2LyGf9A3e']);
    return curl_exec($handle);
}
