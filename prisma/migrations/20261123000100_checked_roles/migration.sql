-- Roles that members claim, what proves them, and invitations that name one.
ALTER TABLE "Invitation" ADD COLUMN     "company" TEXT,
ADD COLUMN     "title" TEXT;

ALTER TABLE "MailProof" ADD COLUMN     "communityId" UUID,
ADD COLUMN     "roleId" UUID;

ALTER TABLE "Role" ADD COLUMN     "claimedCompany" TEXT,
ADD COLUMN     "checkedAs" TEXT,
ADD COLUMN     "checkedAt" TIMESTAMPTZ(3),
ADD COLUMN     "checkedHow" TEXT,
ADD COLUMN     "claimedAt" TIMESTAMPTZ(3);

CREATE TABLE "Application" (
    "id" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "roleId" UUID NOT NULL,
    "communityId" UUID NOT NULL,
    "how" TEXT NOT NULL,
    "proof" TEXT NOT NULL,
    "appliedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedById" UUID,
    "refusedFor" TEXT,

    CONSTRAINT "Application_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "Application_memberId_idx" ON "Application"("memberId");

CREATE INDEX "Application_roleId_id_idx" ON "Application"("roleId", "id");

CREATE INDEX "Application_communityId_id_idx" ON "Application"("communityId", "id");

CREATE INDEX "Application_decidedById_idx" ON "Application"("decidedById");

CREATE INDEX "MailProof_roleId_idx" ON "MailProof"("roleId");

CREATE INDEX "MailProof_communityId_idx" ON "MailProof"("communityId");

ALTER TABLE "Application" ADD CONSTRAINT "Application_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Application" ADD CONSTRAINT "Application_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Application" ADD CONSTRAINT "Application_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "Application" ADD CONSTRAINT "Application_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;


ALTER TABLE "MailProof" ADD CONSTRAINT "MailProof_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A role is checked in some way, or not at all.
ALTER TABLE "Role" DROP CONSTRAINT "Role_something_check",
  ADD CONSTRAINT "Role_something_check" CHECK (num_nonnulls("companyId", "claimedCompany", title) > 0),
  ADD CONSTRAINT "Role_claimedCompany_check" CHECK ("claimedCompany" IS NULL
    OR (length("claimedCompany") BETWEEN 1 AND 100 AND "companyId" IS NULL AND "claimedAt" IS NOT NULL AND "checkedAt" IS NULL)),
  ADD CONSTRAINT "Role_checked_check" CHECK (("checkedAt" IS NULL) = ("checkedHow" IS NULL)),
  ADD CONSTRAINT "Role_checkedHow_check" CHECK ("checkedHow" IN ('mail', 'link', 'invitation')),
  ADD CONSTRAINT "Role_checkedAs_check" CHECK ("checkedAs" IS NULL OR (length("checkedAs") BETWEEN 1 AND 253 AND "checkedHow" IS NOT NULL));
ALTER TABLE "Application" ADD CONSTRAINT "Application_how_check" CHECK (how IN ('mail', 'link')),
  ADD CONSTRAINT "Application_proof_check" CHECK (length(proof) BETWEEN 1 AND 300),
  ADD CONSTRAINT "Application_refused_check" CHECK ("refusedFor" IS NULL OR (length("refusedFor") BETWEEN 1 AND 1000 AND "decidedAt" IS NOT NULL));
-- Of one role one waits; and what waits in a community, in the order of its list.
CREATE UNIQUE INDEX "Application_one_waits_idx" ON "Application" ("roleId") WHERE "decidedAt" IS NULL;
CREATE INDEX "Application_waiting_idx" ON "Application" ("communityId", id) WHERE "decidedAt" IS NULL;
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_role_check" CHECK (length(company) BETWEEN 1 AND 100 AND length(title) BETWEEN 1 AND 120);

-- A work address is proved for one role; nothing else is proved for any.
ALTER TABLE "MailProof" DROP CONSTRAINT "MailProof_purpose_check",
  ADD CONSTRAINT "MailProof_purpose_check" CHECK (purpose IN ('sign-in', 'sign-up', 'reset-password', 'change-email', 'work-mail')),
  ADD CONSTRAINT "MailProof_role_check" CHECK ((purpose = 'work-mail') = ("roleId" IS NOT NULL AND "communityId" IS NOT NULL AND "memberId" IS NOT NULL));
