from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("banking", "0001_initial")]

    operations = [
        migrations.RemoveField(model_name="bankconnection", name="country"),
    ]
