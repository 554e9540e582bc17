"""Agenda numbers and letters' numbers are found by an index."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_defaults")]
    operations = [
        migrations.AddIndex(
            model_name="incomingletter",
            index=models.Index(fields=["agenda_number"], name="letter_agenda_number"),
        ),
        migrations.AddIndex(
            model_name="servicerequest",
            index=models.Index(Lower("letter_number"), name="request_letter_number"),
        ),
    ]
