using Northwind.Payments;

var builder = WebApplication.CreateBuilder(args);
builder.Services.Configure<FlinksOptions>(builder.Configuration.GetSection(FlinksOptions.Section));
builder.Build().Run();
