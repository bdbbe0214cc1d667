package ca.northwind.flinks;

@Component
public class FlinksClient {
    @Value("${flinks.us.secret-key}")
    private String usSecret;
    @Value("${flinks.us.api-url}")
    private String usApi;
}
