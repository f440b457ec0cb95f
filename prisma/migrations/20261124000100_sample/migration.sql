-- How many rows have all of the words of a search is told by a sixteenth of them where that says enough (docs/decisions/050). An id
-- ends in bits of chance, so that what is in the sample hangs on nothing else; the index has it alone.

-- On a million questions this takes seconds, for which nobody writes words and everything is read.
CREATE INDEX "QuestionWords_sample_idx" ON "QuestionWords" USING gin ("words", "marks") WITH (fastupdate = off) WHERE get_byte(uuid_send("questionId"), 15) < 16;
CREATE INDEX "AnswerWords_sample_idx" ON "AnswerWords" USING gin ("words", "marks") WITH (fastupdate = off) WHERE get_byte(uuid_send("answerId"), 15) < 16;
