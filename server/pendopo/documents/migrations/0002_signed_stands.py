"""The database keeps signed papers as they are."""

from django.db import migrations

# A signed paper stands for ever: only that it was sent, revoked, or whose account is gone may
# still be noted, each once.
SIGNED_STANDS = """
CREATE FUNCTION documents_signed_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    loose CONSTANT text[] := ARRAY[
        'state', 'sent_at', 'revoked_at', 'revocation_reason', 'signatory_id', 'created_by_id'
    ];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a signed paper is not deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF to_jsonb(NEW) - loose IS DISTINCT FROM to_jsonb(OLD) - loose
        OR (NEW.state <> OLD.state AND NOT (OLD.state = 'signed' AND NEW.state = 'sent'))
        OR (OLD.sent_at IS NOT NULL AND NEW.sent_at IS DISTINCT FROM OLD.sent_at)
        OR (OLD.revoked_at IS NOT NULL AND (
            NEW.revoked_at IS DISTINCT FROM OLD.revoked_at
            OR NEW.revocation_reason <> OLD.revocation_reason))
        OR (NEW.signatory_id IS NOT NULL AND NEW.signatory_id IS DISTINCT FROM OLD.signatory_id)
        OR (NEW.created_by_id IS NOT NULL AND NEW.created_by_id IS DISTINCT FROM OLD.created_by_id)
    THEN
        RAISE EXCEPTION 'a signed paper does not change' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER documents_signed_stands BEFORE UPDATE OR DELETE ON documents_document
    FOR EACH ROW WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION documents_signed_stands();
"""
NO_TRIGGER = """
DROP TRIGGER documents_signed_stands ON documents_document;
DROP FUNCTION documents_signed_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunSQL(SIGNED_STANDS, NO_TRIGGER)]
