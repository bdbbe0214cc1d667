package com.northwind.payments.transfer;

import com.northwind.payments.flinks.FlinksHosts;
import java.util.Locale;

public class FlinksRouter {
    public String hostFor(String country) {
        if ("US".equalsIgnoreCase(country)) {
            return FlinksHosts.US;
        }
        return FlinksHosts.CA;
    }

    public String statementsUrl(String country, String customerId) {
        return hostFor(country) + "/v3/" + customerId + "/BankingServices/GetStatements";
    }
}
