class Flinks {
    void Ask(HttpClient client, IConfiguration configuration) => client.DefaultRequestHeaders.Add("flinks-auth-key", configuration["Flinks:SecretKey"]);
}
