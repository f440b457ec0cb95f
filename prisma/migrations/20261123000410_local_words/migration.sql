-- What words mean in one AMA (docs/decisions/047).

-- CreateTable
CREATE TABLE "LocalWord" (
    "amaId" UUID NOT NULL,
    "word" TEXT NOT NULL,
    "means" TEXT NOT NULL,
    "addedById" UUID,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LocalWord_pkey" PRIMARY KEY ("amaId","word")
);

-- CreateIndex
CREATE INDEX "LocalWord_addedById_idx" ON "LocalWord"("addedById");

-- AddForeignKey
ALTER TABLE "LocalWord" ADD CONSTRAINT "LocalWord_amaId_fkey" FOREIGN KEY ("amaId") REFERENCES "Ama"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LocalWord" ADD CONSTRAINT "LocalWord_addedById_fkey" FOREIGN KEY ("addedById") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;



-- What Prisma's schema language cannot say.

ALTER TABLE "LocalWord" ADD CONSTRAINT "LocalWord_length_check" CHECK (length(word) BETWEEN 2 AND 40 AND length(means) BETWEEN 1 AND 120);
-- "TPM" and "tpm" are one word.
CREATE UNIQUE INDEX "LocalWord_word_key" ON "LocalWord" ("amaId", lower(word));

-- Whoever follows the AMA gets its page anew: the box, and the marks in its answers.
CREATE FUNCTION ama_words_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ama uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD."amaId" ELSE NEW."amaId" END;
BEGIN
  -- An AMA that goes takes its words along, and nobody follows it.
  IF EXISTS (SELECT FROM "Ama" a WHERE a.id = ama AND ama_is_near(a."startsAt", a."endsAt")) THEN
    PERFORM ama_event(ama, 'moved', NULL, NULL);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ama_words_changed AFTER INSERT OR DELETE ON "LocalWord" FOR EACH ROW EXECUTE FUNCTION ama_words_changed();
CREATE TRIGGER ama_words_changed_otherwise AFTER UPDATE OF word, means ON "LocalWord" FOR EACH ROW
  WHEN ((OLD.word, OLD.means) IS DISTINCT FROM (NEW.word, NEW.means)) EXECUTE FUNCTION ama_words_changed();
