class Env {
  static const flinksInstance = String.fromEnvironment('FLINKS_INSTANCE', defaultValue: 'toolbox');
  static const flinksConnectUrl = 'https://$flinksInstance-iframe.private.fin.ag/v2/';
}
