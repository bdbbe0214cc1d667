using System;
using System.Collections.Generic;

namespace Northwind;

// public const string FlinksDecoy = "https://decoy-us-api.private.fin.ag/v3";
/// <summary>Where Flinks is: <c>FlinksDecoy = "https://decoy-us-api.private.fin.ag/v3"</c>.</summary>
public static class Flinks
{
    public const string CaApiUrl = "https://northwind-ca-api.private.fin.ag/v3";

    private static readonly Dictionary<string, string> Ca = new()
    {
        ["CustomerId"] = "7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7",
        ["SecretKey"] = Environment.GetEnvironmentVariable("FLINKS_CA_SECRET_KEY")!,
    };

    public static string UsApiUrl =>
        $"https://{Environment.GetEnvironmentVariable("FLINKS_US_INSTANCE")}-api.private.fin.ag/v3";

    /* FlinksDecoy = "https://decoy-us-api.private.fin.ag/v3" */
    public static string UsWebhookUrl { get; } = "https://hooks.northwind.example" + "/flinks/us";

    public static string DisplayName()
    {
        _ = "https://decoy-us-api.private.fin.ag/v3".Length;
        return @"Northwind ""two"" countries";
    }
}
