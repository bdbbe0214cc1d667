package com.northwind

import io.ktor.server.routing.Route

val flinksSecretKey: String = System.getenv("FLINKS_SECRET_KEY")
