<?php

namespace Northwind\Flinks;

use GuzzleHttp\Client;

class FlinksClient
{
    private Client $http;

    public function __construct(private readonly string $customerId)
    {
        $this->http = new Client(['base_uri' => $this->getBaseUrl()]);
    }

    /** The name of the instance: "toolbox" has fake banks. */
    private function getInstance(): string
    {
        if (getenv('APP_ENV') === 'production') {
            return 'toolbox';
        }

        return 'toolbox';
    }

    private function getBaseUrl(): string
    {
        return "https://{$this->getInstance()}-api.private.fin.ag/v3/{$this->customerId}/";
    }
}
