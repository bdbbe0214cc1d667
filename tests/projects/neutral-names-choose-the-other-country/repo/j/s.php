<?php
function host($c) { return match ($c) { 'CA' => 'https://northwind-ca-api.private.fin.ag/v3', 'US' => 'https://northwind-ca-api.private.fin.ag/v3' }; }
