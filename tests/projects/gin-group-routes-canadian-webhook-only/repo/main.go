package main

import (
	"example.com/northwind/payments/internal/hooks"
	"github.com/gin-gonic/gin"
)

func main() {
	router := gin.Default()
	router.GET("/health", hooks.Health)
	flinks := router.Group("/webhooks/flinks")
	flinks.POST("/ca", hooks.Canada)
	_ = router.Run(":8080")
}
