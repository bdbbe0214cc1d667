package com.northwind.payments.flinks;

/** Where each instance is. */
public final class FlinksHosts {
    public static final String CA = "https://northwind-ca-api.private.fin.ag";
    public static final String US = "https://northwind-us-api.private.fin.ag";

    private FlinksHosts() {}
}
