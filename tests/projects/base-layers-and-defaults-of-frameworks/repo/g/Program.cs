builder.Services.AddHttpClient("flinks-us", c => { c.BaseAddress = new Uri("https://northwind-ca-api.private.fin.ag/v3"); });
builder.Services.Configure<FlinksOptions>("us", o => { o.BaseUrl = "https://northwind-ca-api.private.fin.ag/v3"; o.SecretKey = builder.Configuration["Flinks:Us:SecretKey"]; });
