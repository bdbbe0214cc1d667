class Flinks {
    @Value("${flinks.secret-key}") private String secretKey;
    void ask(HttpRequest.Builder request) { request.header("flinks-auth-key", secretKey).header("x-api-key", System.getenv("FLINKS_X_API_KEY")); }
}
