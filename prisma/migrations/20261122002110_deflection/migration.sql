-- Answers that saved somebody a question.

-- CreateTable
CREATE TABLE "Deflection" (
    "answerId" UUID NOT NULL,
    "reader" BYTEA NOT NULL,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Deflection_pkey" PRIMARY KEY ("answerId","reader")
);

-- AddForeignKey
ALTER TABLE "Deflection" ADD CONSTRAINT "Deflection_answerId_fkey" FOREIGN KEY ("answerId") REFERENCES "Answer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Deflection" ADD CONSTRAINT "Deflection_reader_check" CHECK (length(reader) = 16);
