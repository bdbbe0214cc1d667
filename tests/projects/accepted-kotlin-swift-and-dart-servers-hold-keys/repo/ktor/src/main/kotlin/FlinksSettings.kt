package com.northwind

object FlinksSettings {
    val apiKey: String = System.getenv("FLINKS_X_API_KEY")
}
