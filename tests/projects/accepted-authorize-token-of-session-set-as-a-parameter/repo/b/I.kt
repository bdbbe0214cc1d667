fun iframe(token: String): String = Uri.parse("https://northwind-ca-iframe.private.fin.ag/v2/").buildUpon()
    .appendQueryParameter("authorizeToken", token).appendQueryParameter("demo", "false").build().toString()
