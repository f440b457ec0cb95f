-- The sentence of an answer that says it in short, as its mentor chose it.
ALTER TABLE "Answer" ADD COLUMN "point" TEXT;
