namespace Juniper.Data.Entities;

public class Member
{
    public Guid Id { get; set; }
    public string Email { get; set; } = "";
}
