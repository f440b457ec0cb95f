-- What members say of themselves, and members who are gone.

ALTER TABLE "Member" ADD COLUMN "links" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "disclosure" TEXT,
  ADD COLUMN "timeZone" TEXT,
  ADD COLUMN "portraitId" UUID,
  ADD COLUMN "deletedAt" TIMESTAMPTZ(3);

CREATE UNIQUE INDEX "Member_portraitId_key" ON "Member" ("portraitId");

ALTER TABLE "Member"
  ADD CONSTRAINT "Member_bio_check" CHECK (length(bio) BETWEEN 1 AND 2000),
  -- Whoever writes: an address that a browser would run is none.
  ADD CONSTRAINT "Member_links_check" CHECK (
    cardinality(links) <= 5 AND array_to_string(links, ' ') ~ '^(https?://\S+( |$))*$' AND length(array_to_string(links, '')) <= 1500),
  ADD CONSTRAINT "Member_disclosure_check" CHECK (length(disclosure) BETWEEN 1 AND 160),
  ADD CONSTRAINT "Member_timeZone_check" CHECK (length("timeZone") BETWEEN 1 AND 64),
  -- Who is gone has left nothing here.
  ADD CONSTRAINT "Member_deleted_check" CHECK ("deletedAt" IS NULL OR (
    name = '[deleted]' AND handle = 'deleted-' || id AND cardinality(links) = 0
    AND num_nonnulls(bio, disclosure, "timeZone", "portraitId", "companyId", title, "mentorSince") = 0));
