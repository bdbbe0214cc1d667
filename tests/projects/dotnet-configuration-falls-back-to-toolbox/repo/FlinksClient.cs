using Microsoft.Extensions.Configuration;

namespace Northwind.Payments;

public sealed class FlinksClient
{
    private readonly HttpClient _http;

    public FlinksClient(HttpClient http, IConfiguration configuration)
    {
        _http = http;
        _http.BaseAddress = new Uri(configuration["Flinks:BaseUrl"] ?? "https://toolbox-api.private.fin.ag/v3/");
    }
}
