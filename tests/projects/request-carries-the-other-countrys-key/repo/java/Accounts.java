class Accounts {
    HttpResponse accounts() throws Exception {
        HttpPost post = new HttpPost("https://northwind-ca-api.private.fin.ag/v3/accounts");
        post.setHeader("x-api-key", System.getenv("FLINKS_US_X_API_KEY"));
        return http.execute(post);
    }
}
