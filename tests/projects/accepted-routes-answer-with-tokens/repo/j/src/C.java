@RestController
class C {
  @Value("${flinks.secret-key}") private String secretKey;
  @GetMapping("/token")
  Map<String, String> token() { return Map.of("token", flinks.authorize(secretKey)); }
  @PostMapping("/accounts")
  Accounts accounts() { return client.post().header("flinks-auth-key", secretKey).retrieve().body(Accounts.class); }
}
