using Northwind.Payments;

var builder = WebApplication.CreateBuilder(args);
builder.Services.Configure<FlinksOptions>("Ca", builder.Configuration.GetSection("Flinks:Ca"));
builder.Services.Configure<FlinksOptions>("Us", builder.Configuration.GetSection("Flinks:Us"));

var app = builder.Build();
app.MapGet("/health", () => Results.Ok());
app.MapPost("/webhooks/flinks/ca", (HttpRequest request, Webhooks webhooks) => webhooks.Receive("CA", request));
app.Run();
