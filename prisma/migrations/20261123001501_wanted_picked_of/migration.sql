-- Which of the times suit holds for as long as these are offered. So nothing has to be forgotten of those who joined when others are
-- offered, and nobody who says what suits waits for anybody else.
ALTER TABLE "WantedJoin" ADD COLUMN "pickedOf" TIMESTAMPTZ(3);
UPDATE "WantedJoin" j SET "pickedOf" = w."offeredAt" FROM "Wanted" w WHERE w.id = j."wantedId" AND cardinality(j.picked) > 0;
