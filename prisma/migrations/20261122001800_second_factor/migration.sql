-- A second factor: an authenticator app, recovery codes, and sign-ins that still wait for either.

CREATE TABLE "Authenticator" (
  "memberId" UUID NOT NULL,
  "sealedKey" TEXT NOT NULL,
  "addedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "confirmedAt" TIMESTAMPTZ(3),
  "usedStep" INTEGER NOT NULL DEFAULT 0,

  CONSTRAINT "Authenticator_pkey" PRIMARY KEY ("memberId"),
  -- A key as it is typed into an app has 32 letters; sealed it is longer, and has small ones.
  CONSTRAINT "Authenticator_sealedKey_check" CHECK (length("sealedKey") BETWEEN 60 AND 500)
);

CREATE TABLE "RecoveryCode" (
  "memberId" UUID NOT NULL,
  "codeHash" BYTEA NOT NULL,
  "madeAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "usedAt" TIMESTAMPTZ(3),

  CONSTRAINT "RecoveryCode_pkey" PRIMARY KEY ("memberId", "codeHash"),
  CONSTRAINT "RecoveryCode_codeHash_check" CHECK (length("codeHash") = 32)
);

CREATE TABLE "PendingSignIn" (
  "id" UUID NOT NULL,
  "memberId" UUID NOT NULL,
  "tokenHash" BYTEA NOT NULL,
  "next" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "PendingSignIn_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "PendingSignIn_tokenHash_check" CHECK (length("tokenHash") = 32),
  CONSTRAINT "PendingSignIn_next_check" CHECK (next LIKE '/%' AND next NOT LIKE '//%' AND length(next) <= 1000)
);

CREATE UNIQUE INDEX "PendingSignIn_tokenHash_key" ON "PendingSignIn" ("tokenHash");
CREATE INDEX "PendingSignIn_memberId_idx" ON "PendingSignIn" ("memberId");
CREATE INDEX "PendingSignIn_expiresAt_idx" ON "PendingSignIn" ("expiresAt");

ALTER TABLE "Authenticator" ADD CONSTRAINT "Authenticator_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Account" ("memberId") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "RecoveryCode" ADD CONSTRAINT "RecoveryCode_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Authenticator" ("memberId") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "PendingSignIn" ADD CONSTRAINT "PendingSignIn_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
