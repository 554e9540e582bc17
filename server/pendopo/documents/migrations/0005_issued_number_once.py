"""A number is borne by one letter of its year.

No version with letters has gone out, and what is signed does not change, so there is nothing that
this could mend: where two signed letters bear one number, it stops and PostgreSQL names it.
"""

import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_who_signed_it"),
        ("files", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                django.db.models.functions.datetime.ExtractYear("dated_on"),
                django.db.models.functions.text.Upper(
                    models.Func(
                        models.F("number"),
                        models.Value("\\s"),
                        models.Value(""),
                        models.Value("g"),
                        function="regexp_replace",
                        output_field=models.CharField(),
                    )
                ),
                condition=models.Q(
                    ("signed_at__isnull", False), models.Q(("number", ""), _negated=True)
                ),
                name="issued_number_once",
            ),
        ),
    ]
