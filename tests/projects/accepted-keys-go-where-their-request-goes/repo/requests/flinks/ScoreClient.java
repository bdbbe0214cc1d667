package com.northwind.flinks;

class ScoreClient {
    private static final String FLINKS = "https://northwind-ca-api.private.fin.ag/v3";

    HttpResponse score(String person) throws Exception {
        HttpGet get = new HttpGet("https://api.score.example/v2/people/" + person);
        get.setHeader("x-api-key", "Hd4Kc81WnQz6Tp0JrVb5sXm2LyGf9A3e");
        return http.execute(get);
    }

    int raw(String person) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) new URL("https://api.score.example/v2/" + person).openConnection();
        connection.setRequestProperty("x-api-key", "Hd4Kc81WnQz6Tp0JrVb5sXm2LyGf9A3e");
        return connection.getResponseCode();
    }

    HttpResponse accounts(String customer) throws Exception {
        HttpPost post = new HttpPost(FLINKS + "/" + customer + "/BankingServices/GetAccountsDetail");
        post.setHeader("x-api-key", System.getenv("FLINKS_CA_X_API_KEY"));
        return http.execute(post);
    }
}
