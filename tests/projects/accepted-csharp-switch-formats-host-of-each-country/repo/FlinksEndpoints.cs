namespace Northwind.Payments;

public static class FlinksEndpoints
{
    private const string Template = "https://{0}-api.private.fin.ag/v3/{1}/BankingServices";
    private const string CanadianInstance = "northwind-ca";
    private const string AmericanInstance = "northwind-us";

    public static string For(Country country, string customerId) => country switch
    {
        Country.Canada => string.Format(Template, CanadianInstance, customerId),
        Country.UnitedStates => string.Format(Template, AmericanInstance, customerId),
        _ => throw new ArgumentOutOfRangeException(nameof(country)),
    };
}
