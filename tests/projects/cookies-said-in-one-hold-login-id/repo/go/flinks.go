package main
func callback(w http.ResponseWriter, r *http.Request) {
	loginID := r.URL.Query().Get("loginId")
	http.SetCookie(w, &http.Cookie{Name: "flinks_login_id", Value: loginID})
}
