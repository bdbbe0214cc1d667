namespace Northwind.Flinks;

public class ScoreClient(HttpClient http)
{
    public async Task<string> ScoreAsync(string person)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://api.score.example/v2/people/" + person);
        request.Headers.Add("x-api-key", "Hd4Kc81WnQz6Tp0JrVb5sXm2LyGf9A3e");
        return await Send(request);
    }

    public async Task<string> AccountsAsync()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://northwind-ca-api.private.fin.ag/v3/accounts");
        request.Headers.Add("x-api-key", Environment.GetEnvironmentVariable("FLINKS_CA_X_API_KEY"));
        return await Send(request);
    }
}
