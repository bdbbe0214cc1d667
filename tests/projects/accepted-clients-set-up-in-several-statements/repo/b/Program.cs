builder.Services.AddHttpClient("flinks-us", c => {
    c.BaseAddress = new Uri("https://northwind-us-api.private.fin.ag/v3");
    c.DefaultRequestHeaders.Add("x-api-key", Environment.GetEnvironmentVariable("FLINKS_US_API_KEY"));
});
builder.Services.AddHttpClient("flinks-ca", c => {
    c.BaseAddress = new Uri("https://northwind-ca-api.private.fin.ag/v3");
    c.DefaultRequestHeaders.Add("x-api-key", Environment.GetEnvironmentVariable("FLINKS_CA_API_KEY"));
});
builder.Services.AddHttpClient("bureau-us", c => { c.BaseAddress = new Uri("https://bureau.example/us"); });
