package main
func config(c *gin.Context) {
	c.JSON(200, gin.H{"iframe": os.Getenv("FLINKS_IFRAME_URL"), "flinksSecretKey": os.Getenv("FLINKS_SECRET_KEY")})
}
