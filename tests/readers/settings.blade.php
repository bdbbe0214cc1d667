{{-- FLINKS_DECOY = "https://decoy-us-api.private.fin.ag/v3" --}}
<?php
// $flinksDecoy = 'https://decoy-us-api.private.fin.ag/v3';
$flinksCaApiUrl = 'https://northwind-ca-api.private.fin.ag/v3';
?>
@if ($ready)
  <section data-flinks-ca-customer-id="7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7"
           data-flinks-ca-secret-key="{{ env('FLINKS_CA_SECRET_KEY') }}"
           data-flinks-display-name="Northwind &quot;two&quot; countries">
  </section>
@endif
<script>
  const flinksUs = {
    apiUrl: "https://{!! env("FLINKS_US_INSTANCE") !!}-api.private.fin.ag/v3",
    webhookUrl: 'https://hooks.northwind.example' + '/flinks/us',
  };
</script>
