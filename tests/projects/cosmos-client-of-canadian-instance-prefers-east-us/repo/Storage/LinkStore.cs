namespace Northwind.Lending.Storage;

public class LinkStore
{
    private readonly CosmosClient client = new CosmosClient(
        Environment.GetEnvironmentVariable("COSMOS_ENDPOINT"),
        new CosmosClientOptions { ApplicationRegion = Regions.EastUS });
}
