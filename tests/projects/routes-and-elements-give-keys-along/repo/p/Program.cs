app.MapGet("/config", (IConfiguration c) => Results.Ok(new { flinksSecretKey = c["Flinks:SecretKey"] }));
app.MapGet("/config2", (IConfiguration c) => new { FlinksApiKey = c["Flinks:ApiKey"] });
