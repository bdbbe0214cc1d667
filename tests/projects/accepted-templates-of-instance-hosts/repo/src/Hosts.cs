static class Hosts { public const string FlinksApi = "https://{0}-api.private.fin.ag/v3"; }
