-- A question that hosts do not hand on to the invited and the AMA.

ALTER TABLE "WantedJoin" ADD COLUMN "leftOut" BOOLEAN NOT NULL DEFAULT false;
