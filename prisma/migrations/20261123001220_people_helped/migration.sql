-- Mentors of a community by people helped, and by name (docs/decisions/055).

-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "unrankedSince" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "CommunityMentor" ADD COLUMN     "helpedEver" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "helpedMonth" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "helpedYear" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "sortName" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE INDEX "CommunityMentor_communityId_sortName_memberId_idx" ON "CommunityMentor"("communityId", "sortName", "memberId");


-- What Prisma's schema language cannot say.

ALTER TABLE "CommunityMentor" ADD CONSTRAINT "CommunityMentor_helped_check" CHECK ("helpedMonth" BETWEEN 0 AND "helpedYear" AND "helpedYear" <= "helpedEver");

-- Most mentors have helped nobody in the last month.
CREATE INDEX "CommunityMentor_helped_month_idx" ON "CommunityMentor" ("communityId", (-"helpedMonth"), "memberId") WHERE "helpedMonth" > 0;
CREATE INDEX "CommunityMentor_helped_year_idx" ON "CommunityMentor" ("communityId", (-"helpedYear"), "memberId") WHERE "helpedYear" > 0;
CREATE INDEX "CommunityMentor_helped_ever_idx" ON "CommunityMentor" ("communityId", (-"helpedEver"), "memberId") WHERE "helpedEver" > 0;

-- A list by name that goes on needs the name in its index. The member is locked first: who is renamed at this moment is waited for.
-- So much of it decides the order, and still fits a cursor.
CREATE FUNCTION sort_name(name text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT left(folded(name), 40)
$$;
CREATE FUNCTION mentor_named() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT sort_name(name) INTO NEW."sortName" FROM "Member" WHERE id = NEW."memberId" FOR NO KEY UPDATE;
  RETURN NEW;
END $$;
CREATE TRIGGER mentor_named BEFORE INSERT ON "CommunityMentor" FOR EACH ROW EXECUTE FUNCTION mentor_named();

CREATE FUNCTION mentor_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "CommunityMentor" SET "sortName" = sort_name(NEW.name) WHERE "memberId" = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER mentor_renamed AFTER UPDATE OF name ON "Member" FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION mentor_renamed();

UPDATE "CommunityMentor" cm SET "sortName" = sort_name(m.name) FROM "Member" m WHERE m.id = cm."memberId";
