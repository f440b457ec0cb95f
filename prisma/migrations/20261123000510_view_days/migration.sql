-- Views by day, for mentors to look back at: rows of AnswerView are deleted after a day.

CREATE TABLE "AnswerDay" (
    "answerId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "views" INTEGER NOT NULL,

    CONSTRAINT "AnswerDay_pkey" PRIMARY KEY ("answerId", "day")
);
CREATE TABLE "MentorDay" (
    "mentorId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "views" INTEGER NOT NULL,
    "readers" INTEGER NOT NULL,

    CONSTRAINT "MentorDay_pkey" PRIMARY KEY ("mentorId", "day")
);
CREATE TABLE "MentorReader" (
    "day" DATE NOT NULL,
    "mentorId" UUID NOT NULL,
    "reader" BYTEA NOT NULL,

    CONSTRAINT "MentorReader_pkey" PRIMARY KEY ("day", "mentorId", "reader")
);
CREATE INDEX "MentorReader_mentorId_idx" ON "MentorReader"("mentorId");
ALTER TABLE "AnswerDay" ADD CONSTRAINT "AnswerDay_answerId_fkey" FOREIGN KEY ("answerId") REFERENCES "Answer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "MentorDay" ADD CONSTRAINT "MentorDay_mentorId_fkey" FOREIGN KEY ("mentorId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "MentorReader" ADD CONSTRAINT "MentorReader_mentorId_fkey" FOREIGN KEY ("mentorId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "AnswerDay" ADD CONSTRAINT "AnswerDay_views_check" CHECK (views > 0);
-- Whoever reads is a reader of one answer at least, and not of fewer than one on a day that has a row.
ALTER TABLE "MentorDay" ADD CONSTRAINT "MentorDay_views_check" CHECK (readers >= 0 AND views >= readers AND views > 0);
ALTER TABLE "MentorReader" ADD CONSTRAINT "MentorReader_reader_check" CHECK (length(reader) = 16);

-- What is there of yesterday and today.
INSERT INTO "AnswerDay" SELECT "answerId", day, count(*) FROM "AnswerView" GROUP BY 1, 2;
INSERT INTO "MentorReader" SELECT DISTINCT v.day, a."mentorId", v.reader FROM "AnswerView" v JOIN "Answer" a ON a.id = v."answerId";
INSERT INTO "MentorDay" SELECT a."mentorId", v.day, count(*), count(DISTINCT v.reader)
  FROM "AnswerView" v JOIN "Answer" a ON a.id = v."answerId" GROUP BY 1, 2;

-- When somebody said that an answer helps.
CREATE INDEX answer_helpful ON "AnswerMark"("answerId", "markedAt") WHERE kind = 'helpful';
