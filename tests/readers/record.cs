using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Northwind.Banking;

/// <summary>People and the accounts they have connected.</summary>
[Table("users")]
public class User
{
    [Key, Column("id")]
    public Guid Id { get; set; }

    [Column("email")]
    public string Email { get; set; } = "";

    [Column("country"), MaxLength(2)]
    public string Country { get; set; } = "";

    public ICollection<BankConnection> Connections { get; } = new List<BankConnection>();
}

[Table("bank_connections"), Index(nameof(UserId), nameof(FlinksLoginId), IsUnique = true)]
public class BankConnection
{
    [Key, Column("id")]
    public Guid Id { get; set; }

    [Column("user_id"), ForeignKey(nameof(User))]
    public Guid UserId { get; set; }

    [NotMapped]
    public User User { get; set; } = null!;

    [Column("flinks_login_id")]
    public string FlinksLoginId { get; set; } = "";

    [Column("institution"), MaxLength(120)]
    public string? Institution { get; set; }

    [Column("created_at")]
    public DateTime CreatedAt { get; set; }
}
