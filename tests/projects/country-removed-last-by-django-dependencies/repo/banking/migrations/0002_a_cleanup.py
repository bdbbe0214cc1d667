from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("banking", "0002_add_country")]

    operations = [
        migrations.RemoveField(model_name="bankconnection", name="country"),
    ]
