package com.northwind.payments.config;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import com.northwind.payments.flinks.FlinksClient;

@Configuration
public class FlinksConfiguration {
    @Bean
    @Profile("prod")
    public FlinksClient flinksClient() {
        return FlinksClient.builder().baseUrl("https://northwind-ca-api.private.fin.ag/v3").build();
    }

    @Bean
    @Profile("!prod")
    public FlinksClient sandboxFlinksClient() {
        return FlinksClient.builder().baseUrl("https://toolbox-api.private.fin.ag/v3").build();
    }
}
