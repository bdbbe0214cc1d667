package lending;

@ConfigurationProperties("lending.flinks")
public record FlinksProperties(Instance canada, Instance usa) {
    public record Instance(String baseUrl, String secretKey) {}
}
