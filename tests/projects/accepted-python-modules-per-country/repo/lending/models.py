from django.db import models


class FlinksConnection(models.Model):
    login_id = models.CharField(max_length=36, unique=True)
    country = models.CharField(max_length=2, choices=[("CA", "Canada"), ("US", "U.S.")])
