class FlinksConfig {
  const FlinksConfig({required this.instance});

  final String instance;

  Uri get connectUrl => Uri.parse('https://$instance-iframe.private.fin.ag/v2/?redirectUrl=northwind://connected');
}
