-- What admins say of the whole site, its pages, and invitations of mentors.

CREATE TABLE "Site" (
  "id" SMALLINT NOT NULL DEFAULT 1,
  "name" TEXT NOT NULL DEFAULT 'Perch',
  "setUpTokenHash" BYTEA,
  "setUpAt" TIMESTAMPTZ(3),

  CONSTRAINT "Site_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Site_one_check" CHECK (id = 1),
  CONSTRAINT "Site_name_check" CHECK (length(name) BETWEEN 1 AND 60),
  CONSTRAINT "Site_setUp_check" CHECK (length("setUpTokenHash") = 32 AND ("setUpAt" IS NULL OR "setUpTokenHash" IS NULL))
);

CREATE TABLE "SitePage" (
  "slug" TEXT NOT NULL,
  "body" TEXT NOT NULL,
  "html" TEXT NOT NULL,
  "updatedAt" TIMESTAMPTZ(3) NOT NULL,
  "updatedById" UUID,

  CONSTRAINT "SitePage_pkey" PRIMARY KEY ("slug"),
  CONSTRAINT "SitePage_slug_check" CHECK (slug IN ('about', 'guidelines', 'privacy', 'terms', 'contact')),
  CONSTRAINT "SitePage_body_check" CHECK (length(body) BETWEEN 1 AND 20000)
);

CREATE TABLE "Invitation" (
  "id" UUID NOT NULL,
  "communityId" UUID NOT NULL,
  "invitedById" UUID,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  "usedAt" TIMESTAMPTZ(3),
  "usedById" UUID,

  CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Invitation_used_check" CHECK ("usedById" IS NULL OR "usedAt" IS NOT NULL)
);

CREATE INDEX "SitePage_updatedById_idx" ON "SitePage" ("updatedById");
CREATE INDEX "Invitation_communityId_createdAt_idx" ON "Invitation" ("communityId", "createdAt");
CREATE INDEX "Invitation_invitedById_idx" ON "Invitation" ("invitedById");
CREATE INDEX "Invitation_usedById_idx" ON "Invitation" ("usedById");

ALTER TABLE "SitePage" ADD CONSTRAINT "SitePage_updatedById_fkey" FOREIGN KEY ("updatedById") REFERENCES "Member" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_invitedById_fkey" FOREIGN KEY ("invitedById") REFERENCES "Member" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_usedById_fkey" FOREIGN KEY ("usedById") REFERENCES "Member" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
