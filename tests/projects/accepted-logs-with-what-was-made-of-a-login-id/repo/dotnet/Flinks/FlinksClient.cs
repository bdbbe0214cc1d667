namespace Northwind.Flinks;

public sealed class FlinksClient(HttpClient http, ILogger<FlinksClient> logger)
{
    public async Task DeleteCardAsync(string loginId)
    {
        await http.DeleteAsync($"/BankingServices/DeleteCard/{loginId}");
        logger.LogInformation("Card deleted, login {Hash}", Fingerprint.Of(loginId));
        logger.LogInformation("Card deleted, login {Masked}", Masked.From(loginId));
    }
}
