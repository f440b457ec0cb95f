-- Times that the invited offers, which of them suit whom, and the AMA that comes of it.

CREATE TABLE "WantedSlot" (
    "wantedId" UUID NOT NULL,
    "number" SMALLINT NOT NULL,
    "startsAtLocal" TIMESTAMP(0) NOT NULL,
    "timeZone" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(0) NOT NULL,

    CONSTRAINT "WantedSlot_pkey" PRIMARY KEY ("wantedId","number")
);
ALTER TABLE "Wanted" ADD COLUMN "minutes" INTEGER,
  ADD COLUMN "offeredAt" TIMESTAMPTZ(3),
  ADD COLUMN "amaId" UUID;
ALTER TABLE "WantedJoin" ADD COLUMN "picked" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

CREATE UNIQUE INDEX "Wanted_amaId_key" ON "Wanted"("amaId");

ALTER TABLE "WantedSlot" ADD CONSTRAINT "WantedSlot_wantedId_fkey" FOREIGN KEY ("wantedId") REFERENCES "Wanted"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Wanted" ADD CONSTRAINT "Wanted_amaId_fkey" FOREIGN KEY ("amaId") REFERENCES "Ama"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "WantedSlot" ADD CONSTRAINT "WantedSlot_number_check" CHECK (number BETWEEN 1 AND 5);
ALTER TABLE "Wanted" ADD CONSTRAINT "Wanted_minutes_check" CHECK (minutes BETWEEN 5 AND 1440),
  ADD CONSTRAINT "Wanted_ama_check" CHECK ("amaId" IS NULL OR "closedAt" IS NOT NULL);
ALTER TABLE "WantedJoin" ADD CONSTRAINT "WantedJoin_picked_check" CHECK (picked IS NOT NULL AND cardinality(picked) <= 5);
