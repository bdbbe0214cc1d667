package com.northwind.payments.flinks;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

@Component
public class FlinksClient {
    @Value("${flinks.instance:toolbox}")
    private String instance;

    @Value("${flinks.customer-id}")
    private String customerId;

    public String authorizeUrl() {
        return String.format("https://%s-api.private.fin.ag/v3/%s/BankingServices/Authorize", instance, customerId);
    }
}
