using Juniper.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Juniper.Data;

public class JuniperContext(DbContextOptions<JuniperContext> options) : DbContext(options)
{
    public DbSet<Member> Members => Set<Member>();
    public DbSet<FlinksConnection> FlinksConnections => Set<FlinksConnection>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        builder.Entity<FlinksConnection>(entity =>
        {
            entity.ToTable("flinks_connections");
            entity.HasIndex(x => x.LoginId).IsUnique();
        });
    }
}
