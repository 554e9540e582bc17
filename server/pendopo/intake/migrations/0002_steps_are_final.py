from django.db import migrations

# Erasure empties the note, which may hold names; nothing else of a step ever changes. A draft,
# which is the only request that is deleted, has taken no step yet.
CREATE = """
CREATE FUNCTION intake_transition_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.note = ''
        AND to_jsonb(NEW) - 'note' = to_jsonb(OLD) - 'note' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a step of a request is never changed or deleted';
END $$;
CREATE TRIGGER intake_transition_is_final BEFORE UPDATE OR DELETE ON intake_transition
    FOR EACH ROW EXECUTE FUNCTION intake_transition_is_final();
"""
DROP = """
DROP TRIGGER intake_transition_is_final ON intake_transition;
DROP FUNCTION intake_transition_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, DROP)]
