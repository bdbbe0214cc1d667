package com.northwind;

class FlinksApi {
    private final String secretKey = BuildConfig.FLINKS_SECRET_KEY;
}
