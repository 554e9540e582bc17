from django.db import migrations

CREATE = """
CREATE FUNCTION journal_entry_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a journal entry is never changed or deleted';
END $$;
CREATE TRIGGER journal_entry_is_final BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_is_final();

CREATE FUNCTION journal_entry_tells_hubs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify(
        'pendopo_journal', json_build_object('kind', NEW.kind, 'subject', NEW.subject)::text
    );
    RETURN NULL;
END $$;
CREATE TRIGGER journal_entry_tells_hubs AFTER INSERT ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_tells_hubs();
"""
DROP = """
DROP TRIGGER journal_entry_tells_hubs ON journal_entry;
DROP FUNCTION journal_entry_tells_hubs();
DROP TRIGGER journal_entry_is_final ON journal_entry;
DROP FUNCTION journal_entry_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
