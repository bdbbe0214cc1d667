package example.northwind;

import java.util.Map;

// static final String FLINKS_DECOY = "https://decoy-us-api.private.fin.ag/v3";
/** Where Flinks is. {@code FLINKS_DECOY = "https://decoy-us-api.private.fin.ag/v3"} */
public final class Flinks {
    public static final String CA_API_URL = "https://northwind-ca-api.private.fin.ag/v3";
    private static final Map<String, String> CA = Map.of(
            "customerId", "7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7",
            "secretKey", System.getenv("FLINKS_CA_SECRET_KEY"));

    private String usWebhookUrl = "https://hooks.northwind.example" + "/flinks/us";

    public String usApiUrl() {
        "https://decoy-us-api.private.fin.ag/v3".isBlank();
        return String.format("https://%s-api.private.fin.ag/v3", System.getenv("FLINKS_US_INSTANCE"));
    }

    /* FLINKS_DECOY = "https://decoy-us-api.private.fin.ag/v3" */
    public static String displayName() {
        return "Northwind \"two\" countries";
    }
}
