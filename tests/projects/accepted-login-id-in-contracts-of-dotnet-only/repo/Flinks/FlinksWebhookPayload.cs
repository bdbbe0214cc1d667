namespace Juniper.Flinks;

public class FlinksLogin
{
    public string LoginId { get; set; } = "";
    public string? Username { get; set; }
}
