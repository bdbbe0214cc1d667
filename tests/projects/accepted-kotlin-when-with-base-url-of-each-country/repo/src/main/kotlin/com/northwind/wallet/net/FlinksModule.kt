package com.northwind.wallet.net

import retrofit2.Retrofit
import retrofit2.converter.moshi.MoshiConverterFactory

enum class Country { CA, US }

object FlinksModule {
    private const val CANADA = "https://northwind-ca-api.private.fin.ag/"
    private const val STATES = "https://northwind-us-api.private.fin.ag/"

    fun retrofit(country: Country): Retrofit = Retrofit.Builder()
        .baseUrl(
            when (country) {
                Country.CA -> CANADA
                Country.US -> STATES
            },
        )
        .addConverterFactory(MoshiConverterFactory.create())
        .build()
}
