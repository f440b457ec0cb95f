-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" UUID NOT NULL,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,
    "act" TEXT NOT NULL,
    "byId" UUID,
    "ofId" UUID,
    "communityId" UUID,
    "detail" TEXT,
    "address" TEXT,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AuditEvent_happenedAt_idx" ON "AuditEvent"("happenedAt");

-- CreateIndex
CREATE INDEX "AuditEvent_byId_idx" ON "AuditEvent"("byId");

-- CreateIndex
CREATE INDEX "AuditEvent_ofId_idx" ON "AuditEvent"("ofId");

-- Checks ---------------------------------------------------------------------------------------------------------------

ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_act_check" CHECK (act IN (
    'join', 'sign-in', 'wrong-code', 'end-sessions', 'change-way-in', 'give-role', 'take-role', 'take-data', 'delete-account',
    'finish-set-up', 'rename-site', 'write-page', 'remove-page', 'make-community', 'edit-community', 'add-topics', 'edit-topic')),
  -- Codes: no name and no text of anybody finds a place here.
  ADD CONSTRAINT "AuditEvent_detail_check" CHECK (detail ~ '^[a-z]+(-[a-z]+)*$' AND length(detail) <= 40),
  ADD CONSTRAINT "AuditEvent_address_check" CHECK (address ~ '^[A-Za-z0-9_-]{22}$');

-- What happened stays told, until its year is over. Only who has no account any more is taken out: their id becomes that of
-- nobody, and of what they did themselves the address goes. The days that are missing from the year are for clocks that differ.
CREATE FUNCTION audit_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
  forgotten boolean;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD."happenedAt" < now() - interval '360 days' THEN RETURN OLD; END IF;
    RAISE check_violation USING MESSAGE = 'what happened is not deleted before its year is over';
  END IF;
  forgotten := NEW."byId" IS DISTINCT FROM OLD."byId";
  IF (NEW.id, NEW."happenedAt", NEW.act, NEW."communityId", NEW.detail) IS NOT DISTINCT FROM (OLD.id, OLD."happenedAt", OLD.act, OLD."communityId", OLD.detail)
    AND (NEW.address IS NOT DISTINCT FROM OLD.address OR forgotten AND NEW.address IS NULL)
    AND (NOT forgotten OR OLD."byId" IS NOT NULL AND NEW."byId" = nobody AND NOT EXISTS (SELECT FROM "Account" WHERE "memberId" = OLD."byId"))
    AND (NEW."ofId" IS NOT DISTINCT FROM OLD."ofId" OR OLD."ofId" IS NOT NULL AND NEW."ofId" = nobody
      AND OLD.act IN ('wrong-code', 'change-way-in', 'give-role', 'take-role') AND NOT EXISTS (SELECT FROM "Account" WHERE "memberId" = OLD."ofId"))
  THEN RETURN NEW; END IF;
  RAISE check_violation USING MESSAGE = 'what happened is never changed';
END $$;
CREATE TRIGGER audit_event_stays BEFORE UPDATE OR DELETE ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION audit_event_stays();
