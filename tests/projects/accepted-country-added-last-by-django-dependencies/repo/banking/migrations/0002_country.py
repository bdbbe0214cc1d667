from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("banking", "0002_z_first")]

    operations = [
        migrations.AddField(model_name="bankconnection", name="country", field=models.CharField(default="CA", max_length=2), preserve_default=False),
    ]
