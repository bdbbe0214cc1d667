<?php
$headers = ["flinks-auth-key: {$key}", "x-api-key: " . getenv('FLINKS_X_API_KEY')];
$secret = $_ENV['FLINKS_SECRET_KEY'] ?? '';
