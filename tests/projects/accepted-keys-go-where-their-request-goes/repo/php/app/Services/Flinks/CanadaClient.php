<?php

namespace App\Services\Flinks;

use Illuminate\Support\Facades\Http;

class CanadaClient
{
    const BASE = 'https://northwind-ca-api.private.fin.ag/v3';

    public function accounts(string $customer)
    {
        return Http::withHeaders(['x-api-key' => config('services.flinks.ca.key')])
            ->post(self::BASE . "/{$customer}/BankingServices/GetAccountsDetail");
    }

    public function score()
    {
        return Http::baseUrl('https://api.score.example')
            ->withHeaders(['x-api-key' => config('services.score.us.key')])
            ->get('/v2/people');
    }
}
