-- Accounts, sessions, proofs by mail, roles in communities, and what is counted against tries.

CREATE TABLE "Account" (
  "memberId" UUID NOT NULL,
  "email" TEXT NOT NULL,
  "emailProvedAt" TIMESTAMPTZ(3) NOT NULL,
  "passwordHash" TEXT,
  "adminSince" TIMESTAMPTZ(3),
  "suspendedUntil" TIMESTAMPTZ(3),
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "Account_pkey" PRIMARY KEY ("memberId"),
  -- As domain/account/rules.ts writes addresses; lower() of PostgreSQL depends on the locale, so only plain letters are held to it.
  CONSTRAINT "Account_email_check" CHECK (email ~ '^[^@[:space:]A-Z]+@[^@[:space:]A-Z]+$' AND length(email) <= 254),
  CONSTRAINT "Account_passwordHash_check" CHECK ("passwordHash" LIKE '$argon2id$%')
);

CREATE TABLE "Session" (
  "id" UUID NOT NULL,
  "memberId" UUID NOT NULL,
  "tokenHash" BYTEA NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "provedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  "agent" TEXT NOT NULL,

  CONSTRAINT "Session_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Session_tokenHash_check" CHECK (length("tokenHash") = 32),
  CONSTRAINT "Session_agent_check" CHECK (length(agent) <= 200)
);

CREATE TABLE "MailProof" (
  "id" UUID NOT NULL,
  "purpose" TEXT NOT NULL,
  "email" TEXT NOT NULL,
  "memberId" UUID,
  "next" TEXT,
  "codeHash" BYTEA NOT NULL,
  "linkHash" BYTEA NOT NULL,
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  "usedAt" TIMESTAMPTZ(3),

  CONSTRAINT "MailProof_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "MailProof_purpose_check" CHECK (purpose IN ('sign-in', 'sign-up', 'reset-password', 'change-email')),
  CONSTRAINT "MailProof_next_check" CHECK (next LIKE '/%' AND next NOT LIKE '//%' AND length(next) <= 1000),
  CONSTRAINT "MailProof_hashes_check" CHECK (length("codeHash") = 32 AND length("linkHash") = 32),
  CONSTRAINT "MailProof_attempts_check" CHECK (attempts BETWEEN 0 AND 5)
);

CREATE TABLE "CommunityRole" (
  "communityId" UUID NOT NULL,
  "memberId" UUID NOT NULL,
  "role" TEXT NOT NULL,
  "givenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "CommunityRole_pkey" PRIMARY KEY ("communityId", "memberId", "role"),
  CONSTRAINT "CommunityRole_role_check" CHECK (role IN ('host', 'moderator'))
);

CREATE TABLE "RateLimit" (
  "key" TEXT NOT NULL,
  "points" INTEGER NOT NULL,
  "expire" TIMESTAMPTZ(3),

  CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "Account_email_key" ON "Account" ("email");
CREATE UNIQUE INDEX "Session_tokenHash_key" ON "Session" ("tokenHash");
CREATE INDEX "Session_memberId_seenAt_idx" ON "Session" ("memberId", "seenAt");
CREATE INDEX "Session_expiresAt_idx" ON "Session" ("expiresAt");
CREATE UNIQUE INDEX "MailProof_linkHash_key" ON "MailProof" ("linkHash");
CREATE INDEX "MailProof_email_idx" ON "MailProof" ("email");
CREATE INDEX "MailProof_memberId_idx" ON "MailProof" ("memberId");
CREATE INDEX "MailProof_expiresAt_idx" ON "MailProof" ("expiresAt");
CREATE INDEX "CommunityRole_memberId_idx" ON "CommunityRole" ("memberId");
CREATE INDEX "RateLimit_expire_idx" ON "RateLimit" ("expire");

ALTER TABLE "Account" ADD CONSTRAINT "Account_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Session" ADD CONSTRAINT "Session_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "MailProof" ADD CONSTRAINT "MailProof_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "CommunityRole" ADD CONSTRAINT "CommunityRole_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "CommunityRole" ADD CONSTRAINT "CommunityRole_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
