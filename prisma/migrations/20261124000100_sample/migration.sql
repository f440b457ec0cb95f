-- How many rows have all of the words of a search is told by a sixteenth of them where that says enough (docs/decisions/050). An id
-- ends in bits of chance, so that what is in the sample hangs on nothing else; the index has it alone.

-- On a million questions this takes seconds. Nobody writes a question or an answer meanwhile, so that whoever writes the words of
-- one before those of the other waits for nobody who waits for them; everything is read as before.
LOCK TABLE "Answer", "Question" IN SHARE ROW EXCLUSIVE MODE;

CREATE INDEX "QuestionWords_sample_idx" ON "QuestionWords" USING gin ("words", "marks") WITH (fastupdate = off) WHERE get_byte(uuid_send("questionId"), 15) < 16;
CREATE INDEX "AnswerWords_sample_idx" ON "AnswerWords" USING gin ("words", "marks") WITH (fastupdate = off) WHERE get_byte(uuid_send("answerId"), 15) < 16;
