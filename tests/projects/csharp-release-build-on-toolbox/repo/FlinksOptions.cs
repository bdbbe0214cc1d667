namespace Northwind.Payments;

public sealed class FlinksOptions
{
#if !DEBUG
    public string BaseUrl { get; set; } = "https://toolbox-api.private.fin.ag/v3";
#else
    public string BaseUrl { get; set; } = "https://northwind-ca-api.private.fin.ag/v3";
#endif

    public string CustomerId { get; set; } = "";
}
