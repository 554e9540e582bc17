"""Times that no calendar of ours can hold are refused by the database too."""

from datetime import UTC, datetime

from django.db import migrations, models

CENTURY = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


class Migration(migrations.Migration):
    dependencies = [("schedule", "0001_initial")]
    operations = [
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=(models.Q(starts_at=None) | models.Q(starts_at__range=CENTURY))
                & (models.Q(ends_at=None) | models.Q(ends_at__range=CENTURY)),
                name="session_in_our_century",
            ),
        )
    ]
