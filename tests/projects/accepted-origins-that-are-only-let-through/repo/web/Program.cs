var builder = WebApplication.CreateBuilder(args);

builder.Services.AddCors(options => options.AddPolicy("web", policy =>
    policy.WithOrigins("https://northwind-iframe.private.fin.ag")));

var app = builder.Build();
app.UseCsp(csp => csp.FrameSources(frames => frames.CustomSources("https://northwind-iframe.private.fin.ag")));
app.Run();
