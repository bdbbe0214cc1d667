from datetime import datetime

from sqlalchemy import String, func
from sqlalchemy.orm import Mapped, mapped_column


class Timestamped:
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Regional:
    region: Mapped[str] = mapped_column(String(8))
