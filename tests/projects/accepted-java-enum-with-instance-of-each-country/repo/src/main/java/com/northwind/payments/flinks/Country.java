package com.northwind.payments.flinks;

public enum Country {
    CA("northwind-ca", "CAD"),
    US("northwind-us", "USD");

    private final String instance;
    private final String currency;

    Country(String instance, String currency) {
        this.instance = instance;
        this.currency = currency;
    }

    public String apiUrl() {
        return "https://" + instance + "-api.private.fin.ag/v3";
    }
}
