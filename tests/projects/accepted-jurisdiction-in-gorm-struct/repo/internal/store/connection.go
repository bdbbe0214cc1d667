package store

import "time"

// Connection is a bank that a customer linked with Flinks.
type Connection struct {
	ID         uint   `gorm:"primaryKey"`
	CustomerID uint   `gorm:"not null;index"`
	LoginID    string `gorm:"column:login_id;not null;uniqueIndex"`
	Jurisdiction string `gorm:"size:2;not null"`
	CreatedAt  time.Time
}

func (Connection) TableName() string { return "connections" }
