const flinksIframe = 'https://northwind-ca-iframe.private.fin.ag/v2/';
const mapsApiKey = String.fromEnvironment('MAPS_API_KEY');
