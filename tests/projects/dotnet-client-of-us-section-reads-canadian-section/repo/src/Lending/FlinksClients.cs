namespace Northwind.Lending;

public static class FlinksClients
{
    public static FlinksClient UnitedStates(IConfiguration configuration) => new(
        baseUrl: configuration["Flinks:CA:BaseUrl"],
        secretKey: Environment.GetEnvironmentVariable("FLINKS_US_SECRET_KEY"));
}
