-- Accounts with providers, by which people sign in here.

CREATE TABLE "Identity" (
  "issuer" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "memberId" UUID NOT NULL,
  "linkedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "usedAt" TIMESTAMPTZ(3),

  CONSTRAINT "Identity_pkey" PRIMARY KEY ("issuer", "subject"),
  CONSTRAINT "Identity_issuer_check" CHECK (issuer ~ '^https?://' AND length(issuer) <= 1000),
  CONSTRAINT "Identity_subject_check" CHECK (length(subject) BETWEEN 1 AND 255)
);

CREATE UNIQUE INDEX "Identity_memberId_issuer_key" ON "Identity" ("memberId", "issuer");

ALTER TABLE "Identity" ADD CONSTRAINT "Identity_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Account" ("memberId") ON DELETE CASCADE ON UPDATE CASCADE;
