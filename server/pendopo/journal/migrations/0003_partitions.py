"""The journal in partitions of a year, so that an expired year can be dropped as a whole.

Existing entries move with their ids and transaction ids. Written for PostgreSQL 15: partitions
could not have identity columns before 17, so the numbers come from a sequence.
"""

import django.db.models.deletion
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION journal_add_year(year integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    partition text := format('journal_entry_%s', year);
    starts timestamptz := make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC');
    ends timestamptz := make_timestamptz(year + 1, 1, 1, 0, 0, 0, 'UTC');
BEGIN
    IF to_regclass(partition) IS NOT NULL THEN
        RETURN false;
    END IF;
    -- Who waits for this lock makes every writer wait: rather fail, and try again later.
    PERFORM set_config('lock_timeout', '5s', true);
    -- Without its parent the net has no triggers, and its entries of that year can move.
    ALTER TABLE journal_entry DETACH PARTITION journal_entry_other;
    EXECUTE format(
        'CREATE TABLE %I (LIKE journal_entry INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition
    );
    EXECUTE format(
        'WITH moved AS (DELETE FROM journal_entry_other WHERE at >= $1 AND at < $2 RETURNING *)'
        ' INSERT INTO %I SELECT * FROM moved', partition
    ) USING starts, ends;
    EXECUTE format(
        'ALTER TABLE journal_entry ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
        partition, starts, ends
    );
    EXECUTE format(
        'CREATE TRIGGER journal_entry_is_kept BEFORE TRUNCATE ON %I'
        ' FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_is_final()', partition
    );
    ALTER TABLE journal_entry ATTACH PARTITION journal_entry_other DEFAULT;
    RETURN true;
END $$;

CREATE FUNCTION journal_drop_year(year integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    partition text := format('journal_entry_%s', year);
    entries bigint;
BEGIN
    PERFORM set_config('lock_timeout', '5s', true);
    LOCK TABLE journal_hold IN SHARE MODE;
    IF EXISTS (SELECT FROM journal_hold WHERE lifted_at IS NULL) THEN
        RAISE EXCEPTION 'nothing is dropped while the journal is under a hold';
    END IF;
    IF make_timestamptz(year + 1, 1, 1, 0, 0, 0, 'UTC') > now() - interval '2 years' THEN
        RAISE EXCEPTION 'the journal keeps entries for two years at least';
    END IF;
    EXECUTE format('SELECT count(*) FROM %I', partition) INTO entries;
    EXECUTE format(
        'DELETE FROM journal_reacted WHERE entry_id IN (SELECT id FROM %I)', partition
    );
    EXECUTE format('DROP TABLE %I', partition);
    RETURN entries;
END $$;
"""

PARTITION = """
ALTER TABLE journal_entry RENAME TO journal_entry_whole;
ALTER INDEX journal_entry_pkey RENAME TO journal_entry_whole_pkey;
ALTER SEQUENCE journal_entry_id_seq RENAME TO journal_entry_whole_id_seq;

CREATE SEQUENCE journal_entry_id_seq;
CREATE TABLE journal_entry (
    id bigint NOT NULL DEFAULT nextval('journal_entry_id_seq'),
    at timestamp with time zone NOT NULL,
    kind varchar(60) NOT NULL,
    subject varchar(100) NOT NULL,
    actor varchar(100) NOT NULL,
    facts jsonb NOT NULL,
    transaction_id bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
ALTER SEQUENCE journal_entry_id_seq OWNED BY journal_entry.id;
CREATE TABLE journal_entry_other PARTITION OF journal_entry DEFAULT;

SELECT journal_add_year(year) FROM (
    SELECT extract(year FROM at AT TIME ZONE 'UTC')::integer AS year FROM journal_entry_whole
    UNION
    SELECT extract(year FROM now() AT TIME ZONE 'UTC')::integer + ahead
    FROM generate_series(0, 2) AS ahead
) AS years;

INSERT INTO journal_entry (id, at, kind, subject, actor, facts, transaction_id)
    SELECT id, at, kind, subject, actor, facts, transaction_id FROM journal_entry_whole;
SELECT setval(
    'journal_entry_id_seq',
    greatest((SELECT max(id) FROM journal_entry_whole), (SELECT last_value FROM journal_entry_whole_id_seq))
);
DROP TABLE journal_entry_whole;
CREATE INDEX journal_entry_at ON journal_entry USING brin (at);
CREATE INDEX journal_entry_subject ON journal_entry (subject);
CREATE INDEX journal_entry_actor ON journal_entry (actor);
CREATE INDEX journal_entry_transaction_id ON journal_entry (transaction_id);

CREATE TRIGGER journal_entry_is_final BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_is_final();
CREATE TRIGGER journal_entry_is_kept BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_is_final();
CREATE TRIGGER journal_entry_is_kept BEFORE TRUNCATE ON journal_entry_other
    FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_is_final();
CREATE TRIGGER journal_entry_tells_hubs AFTER INSERT ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_tells_hubs();
"""

ONE_TABLE = """
ALTER TABLE journal_entry RENAME TO journal_entry_parts;
ALTER SEQUENCE journal_entry_id_seq RENAME TO journal_entry_parts_id_seq;
ALTER INDEX journal_entry_pkey RENAME TO journal_entry_parts_pkey;
CREATE TABLE journal_entry (
    id bigint PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
    at timestamp with time zone NOT NULL,
    kind varchar(60) NOT NULL,
    subject varchar(100) NOT NULL,
    actor varchar(100) NOT NULL,
    facts jsonb NOT NULL,
    transaction_id bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint)
);
INSERT INTO journal_entry (id, at, kind, subject, actor, facts, transaction_id)
    SELECT id, at, kind, subject, actor, facts, transaction_id FROM journal_entry_parts;
SELECT setval('journal_entry_id_seq', (SELECT last_value FROM journal_entry_parts_id_seq));
DROP TABLE journal_entry_parts;
DROP FUNCTION journal_add_year(integer);
DROP FUNCTION journal_drop_year(integer);
CREATE INDEX journal_entry_at ON journal_entry USING brin (at);
CREATE INDEX journal_entry_subject ON journal_entry (subject);
CREATE INDEX journal_entry_actor ON journal_entry (actor);
CREATE INDEX journal_entry_transaction_id ON journal_entry (transaction_id);
CREATE TRIGGER journal_entry_is_final BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_is_final();
CREATE TRIGGER journal_entry_tells_hubs AFTER INSERT ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_tells_hubs();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]

    operations = [
        migrations.AlterField(
            model_name="reacted",
            name="entry",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                to="journal.entry",
            ),
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("placed_by", models.CharField(max_length=100)),
                ("placed_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="FailedTry",
            fields=[
                ("job_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("error", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
            ],
            options={"verbose_name_plural": "failed tries"},
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(PARTITION, ONE_TABLE),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["kind", "id"], name="journal_entry_kind"),
        ),
    ]
