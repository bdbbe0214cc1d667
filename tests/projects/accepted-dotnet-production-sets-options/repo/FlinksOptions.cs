namespace Northwind.Payments;

public sealed class FlinksOptions
{
    public const string Section = "Flinks";

    public string BaseUrl { get; set; } = "https://toolbox-api.private.fin.ag/v3";

    public string CustomerId { get; set; } = "";
}
