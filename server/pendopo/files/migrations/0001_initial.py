from django.db import migrations, models

import pendopo.foundation.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=pendopo.foundation.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("media_type", models.CharField(max_length=80)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("pages", models.PositiveIntegerField(null=True)),
                ("content", models.FileField(max_length=200, upload_to="")),
                ("purpose", models.CharField(max_length=40)),
                ("created_at", models.DateTimeField()),
                ("keep_until", models.DateField(null=True)),
                ("held_at", models.DateTimeField(null=True)),
                ("held_by", models.CharField(default="", max_length=100)),
                ("hold_reason", models.CharField(default="", max_length=200)),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("erased_at", None), ("held_at", None)),
                        fields=["keep_until"],
                        name="files_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at", None),
                            models.Q(("content", ""), ("held_at", None), ("name", "")),
                            _connector="OR",
                        ),
                        name="files_erased_is_empty",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("content", ""), _negated=True),
                        fields=("content",),
                        name="files_own_content",
                    ),
                ],
            },
        ),
    ]
