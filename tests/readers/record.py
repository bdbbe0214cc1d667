"""People and the accounts they have connected, for SQLAlchemy."""
from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CHAR, ForeignKey, String, UniqueConstraint, func
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    country: Mapped[str] = mapped_column(CHAR(2))
    connections: Mapped[list[BankConnection]] = relationship(back_populates="user")


class BankConnection(Base):
    __tablename__ = "bank_connections"
    __table_args__ = (UniqueConstraint("user_id", "flinks_login_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    flinks_login_id: Mapped[str]
    institution: Mapped[str | None] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    user: Mapped[User] = relationship(back_populates="connections")
