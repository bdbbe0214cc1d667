namespace Northwind.Payments;

public sealed class FlinksEndpoints
{
#if DEBUG
    public const string BaseUrl = "https://toolbox-api.private.fin.ag/v3";
#else
    public const string BaseUrl = "https://northwind-ca-api.private.fin.ag/v3";
#endif

    public string CustomerId { get; set; } = "";
}
