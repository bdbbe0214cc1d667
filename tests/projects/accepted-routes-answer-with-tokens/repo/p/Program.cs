app.MapGet("/token", async (FlinksClient c) => Results.Ok(new { token = await c.Authorize(config["Flinks:SecretKey"]) }));
app.MapPost("/x", (IConfiguration c) => { var o = new FlinksOptions { SecretKey = c["Flinks:SecretKey"] }; return Results.Ok(new { ok = true }); });
