<?php

declare(strict_types=1);

namespace App\Services;

use Illuminate\Http\Client\PendingRequest;
use Illuminate\Support\Facades\Http;

final class FlinksClient
{
    /** Every call bears the key of the instance. */
    private function http(): PendingRequest
    {
        return Http::baseUrl(config('services.flinks.url'))->withHeaders([
            'flinks-auth-key' => env('FLINKS_US_SECRET_KEY'),
        ]);
    }

    public function authorize(string $loginId): array
    {
        return $this->http()->post('/BankingServices/Authorize', ['LoginId' => $loginId])->json();
    }
}
