package com.northwind;

import org.springframework.beans.factory.annotation.Value;

class FlinksConfig {
    @Value("${flinks.secret-key}")
    private String secretKey;
}
