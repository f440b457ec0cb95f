-- What stands beside a question, an AMA and in a community's rail of mentors, kept by jobs (domain/related, docs/decisions/054).

CREATE TABLE "RelatedToQuestion" (
  "questionId" UUID NOT NULL,
  "questions" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[],
  "amas" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[],
  "views" INTEGER NOT NULL DEFAULT 0,
  "refreshedAt" TIMESTAMPTZ(3),
  "dueAt" TIMESTAMPTZ(3),

  CONSTRAINT "RelatedToQuestion_pkey" PRIMARY KEY ("questionId")
);

CREATE TABLE "RelatedToAma" (
  "amaId" UUID NOT NULL,
  "amas" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[],
  "readers" INTEGER NOT NULL,
  "satisfied" INTEGER NOT NULL,

  CONSTRAINT "RelatedToAma_pkey" PRIMARY KEY ("amaId")
);

CREATE TABLE "TopMentors" (
  "communityId" UUID NOT NULL,
  "members" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[],
  "refreshedAt" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "TopMentors_pkey" PRIMARY KEY ("communityId")
);

ALTER TABLE "RelatedToQuestion" ADD CONSTRAINT "RelatedToQuestion_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "RelatedToAma" ADD CONSTRAINT "RelatedToAma_amaId_fkey" FOREIGN KEY ("amaId") REFERENCES "Ama"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "TopMentors" ADD CONSTRAINT "TopMentors_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

CREATE INDEX "RelatedToQuestion_due_idx" ON "RelatedToQuestion" ("dueAt") WHERE "dueAt" IS NOT NULL;

-- Due is a question whose words, place, answers or being shown changed; a view or a request alone changes no list by much.
-- Those that come: once for all of a statement. A change of one that is due already moves it on: what changes often is
-- refreshed once it rests.
CREATE FUNCTION related_questions_come() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "RelatedToQuestion" ("questionId", "dueAt") SELECT id, now() FROM new_rows ORDER BY id;
  RETURN NULL;
END $$;
CREATE TRIGGER related_questions_come AFTER INSERT ON "Question" REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION related_questions_come();

CREATE FUNCTION related_question_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "RelatedToQuestion" ("questionId", "dueAt") VALUES (NEW.id, now())
  ON CONFLICT ("questionId") DO UPDATE SET "dueAt" = EXCLUDED."dueAt" WHERE "RelatedToQuestion"."dueAt" IS DISTINCT FROM EXCLUDED."dueAt";
  RETURN NULL;
END $$;
CREATE TRIGGER related_question_changes AFTER UPDATE OF title, details, "topicId", "amaId", "hiddenAt", "lastAnsweredAt", "leadMentorId" ON "Question" FOR EACH ROW
  WHEN ((OLD.title, OLD.details, OLD."topicId", OLD."amaId", OLD."hiddenAt", OLD."lastAnsweredAt", OLD."leadMentorId")
    IS DISTINCT FROM (NEW.title, NEW.details, NEW."topicId", NEW."amaId", NEW."hiddenAt", NEW."lastAnsweredAt", NEW."leadMentorId"))
  EXECUTE FUNCTION related_question_changes();
