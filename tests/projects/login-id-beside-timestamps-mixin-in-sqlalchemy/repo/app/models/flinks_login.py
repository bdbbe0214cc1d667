import uuid

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base
from app.models.mixins import Timestamped


class FlinksLogin(Timestamped, Base):
    __tablename__ = "flinks_logins"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    login_id: Mapped[str] = mapped_column(String(36), unique=True)
    member: Mapped["Member"] = relationship(back_populates="logins")
