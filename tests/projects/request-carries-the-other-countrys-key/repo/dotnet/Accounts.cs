public class Accounts(HttpClient http)
{
    public Task<HttpResponseMessage> Get()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://northwind-us-api.private.fin.ag/v3/accounts");
        request.Headers.Add("x-api-key", Environment.GetEnvironmentVariable("FLINKS_CA_X_API_KEY"));
        return http.SendAsync(request);
    }
}
