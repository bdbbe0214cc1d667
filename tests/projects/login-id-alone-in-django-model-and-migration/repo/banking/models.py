from django.conf import settings
from django.db import models


class BankConnection(models.Model):
    """A borrower's bank, linked through Flinks Connect."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    login_id = models.CharField(max_length=36, unique=True)
    institution = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
