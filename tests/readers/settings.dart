import 'dart:io';

// const flinksDecoy = 'https://decoy-us-api.private.fin.ag/v3';
const String flinksCaApiUrl = 'https://northwind-ca-api.private.fin.ag/v3';

/// Where Flinks is: `const decoy = 'https://decoy-us-api.private.fin.ag/v3';`.
class Flinks {
  static final ca = <String, String>{
    'customerId': '7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7',
    'secretKey': Platform.environment['FLINKS_CA_SECRET_KEY']!,
  };

  String get usApiUrl => "https://${Platform.environment['FLINKS_US_INSTANCE']}-api.private.fin.ag/v3";

  /* static const decoy = 'https://decoy-us-api.private.fin.ag/v3'; */
  static const usWebhookUrl = 'https://hooks.northwind.example' '/flinks/us';

  String displayName() {
    'https://decoy-us-api.private.fin.ag/v3';
    return 'Northwind "two\u0022 countries';
  }
}
