namespace Juniper.Data.Entities;

public class FlinksConnection
{
    public Guid Id { get; set; }
    public Guid MemberId { get; set; }
    public Member Member { get; set; } = null!;
    public string LoginId { get; set; } = "";
    public string Region { get; set; } = "";
    public DateTime CreatedUtc { get; set; }
}
