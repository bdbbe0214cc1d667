# $env:FLINKS_DECOY = "https://decoy-us-api.private.fin.ag/v3"
<#
  $env:FLINKS_DECOY = "https://decoy-us-api.private.fin.ag/v3"
#>
$env:FLINKS_CA_API_URL = "https://northwind-ca-api.private.fin.ag/v3" # FLINKS_DECOY = 1
[Environment]::SetEnvironmentVariable('FLINKS_CA_CUSTOMER_ID', '7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7', 'Machine')
$flinks = @{
    ca = @{ secretKey = $env:FLINKS_CA_SECRET_KEY }
    'us-api-url' = "https://${env:FLINKS_US_INSTANCE}-api.private.fin.ag/v3"
}
${env:FLINKS_US_WEBHOOK_URL} = 'https://hooks.northwind.example/flinks/us'
$flinksDisplayName = "Northwind `"two`" countries"
Write-Host "FLINKS_DECOY = https://decoy-us-api.private.fin.ag/v3"
