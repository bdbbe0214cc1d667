package flinks

func token(r *http.Request) {
	r.Header.Set("flinks-auth-key", os.Getenv("FLINKS_SECRET_KEY"))
	r.Header.Set("Authorization", "Bearer "+os.Getenv("FLINKS_BEARER_TOKEN"))
}
