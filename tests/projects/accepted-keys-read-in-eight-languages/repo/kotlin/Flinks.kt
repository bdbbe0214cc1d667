object Flinks { val secretKey: String = System.getenv("FLINKS_SECRET_KEY") ?: error("FLINKS_SECRET_KEY is not set") }
