package api

// LinkRequest is what the page sends after Flinks Connect.
type LinkRequest struct {
	LoginID     string `json:"loginId" validate:"required,uuid"`
	Institution string `json:"institution"`
}
