from django.db import migrations

# The shape that Django's DatabaseCache asks for (`createcachetable --dry-run`).
CREATE = """
CREATE TABLE IF NOT EXISTS foundation_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS foundation_cache_expires ON foundation_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, "DROP TABLE foundation_cache")]
