namespace Juniper.Api.Contracts;

public record LinkFlinksRequest(string LoginId, string? Institution);

public class FlinksConnectionResponse
{
    public string LoginId { get; set; } = "";
    public string? Status { get; set; }
}
