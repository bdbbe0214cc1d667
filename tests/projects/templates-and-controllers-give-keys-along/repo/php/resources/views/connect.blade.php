<script>
  window.__CONFIG__ = { flinksSecretKey: "{{ config('services.flinks.secret_key') }}", token: "{{ $authorizeToken }}" };
</script>
<div data-flinks-key="{{ $flinksApiKey }}"></div>
