fun flinks(country: Country): Flinks {
    val secret = System.getenv("FLINKS_${country.name}_SECRET_KEY")
    return when (country) {
        Country.CA -> Flinks(host = "https://spruceline-ca-api.private.fin.ag", secretKey = secret)
        Country.US -> Flinks(host = "https://spruceline-us-api.private.fin.ag", secretKey = secret)
    }
}
