package flinks

func Callback(w http.ResponseWriter, loginID string) {
	http.SetCookie(w, &http.Cookie{Name: "login", Value: loginID, HttpOnly: true})
}
