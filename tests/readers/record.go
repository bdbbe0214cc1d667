package banking

import (
	"time"

	"github.com/google/uuid"
)

// User is a person.
type User struct {
	ID          uuid.UUID        `gorm:"type:uuid;primaryKey"`
	Email       string           `gorm:"uniqueIndex;not null"`
	Country     string           `gorm:"size:2;not null"`
	Connections []BankConnection `gorm:"constraint:OnDelete:CASCADE"`
}

// BankConnection is an account that a person has connected.
type BankConnection struct {
	ID            uuid.UUID `gorm:"type:uuid;primaryKey"`
	UserID        uuid.UUID `gorm:"type:uuid;not null;uniqueIndex:once"`
	User          *User     `gorm:"-"`
	FlinksLoginID string    `gorm:"column:flinks_login_id;not null;uniqueIndex:once"`
	Institution   *string   `gorm:"size:120"`
	CreatedAt     time.Time `gorm:"not null"`
}
