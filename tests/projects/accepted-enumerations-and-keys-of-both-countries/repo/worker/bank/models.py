from django.db import models


class Territory(models.TextChoices):
    CANADA = "CA"
    US = "US"


class FlinksLogin(models.Model):
    login_id = models.UUIDField()
    territory = models.CharField(max_length=2, choices=Territory.choices)
