package flinks

func Linked(w http.ResponseWriter, loginID string) {
	slog.Info("linked", "login", loginID[:4], "known", loginID != "")
	fmt.Fprintf(w, "{\"loginId\": %q}", loginID)
}
