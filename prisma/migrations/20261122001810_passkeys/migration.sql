-- Passkeys, and what they are to sign.

CREATE TABLE "Passkey" (
  "id" UUID NOT NULL,
  "memberId" UUID NOT NULL,
  "credentialId" TEXT NOT NULL,
  "publicKey" BYTEA NOT NULL,
  "counter" BIGINT NOT NULL,
  "transports" TEXT[],
  "name" TEXT NOT NULL,
  "addedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "usedAt" TIMESTAMPTZ(3),

  CONSTRAINT "Passkey_pkey" PRIMARY KEY ("id"),
  -- At most 1,023 bytes, by the standard.
  CONSTRAINT "Passkey_credentialId_check" CHECK ("credentialId" ~ '^[A-Za-z0-9_-]+$' AND length("credentialId") <= 1364),
  CONSTRAINT "Passkey_counter_check" CHECK (counter BETWEEN 0 AND 4294967295),
  CONSTRAINT "Passkey_name_check" CHECK (length(name) BETWEEN 1 AND 60)
);

CREATE TABLE "PasskeyChallenge" (
  "hash" BYTEA NOT NULL,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "PasskeyChallenge_pkey" PRIMARY KEY ("hash"),
  CONSTRAINT "PasskeyChallenge_hash_check" CHECK (length(hash) = 32)
);

CREATE UNIQUE INDEX "Passkey_credentialId_key" ON "Passkey" ("credentialId");
CREATE INDEX "Passkey_memberId_addedAt_id_idx" ON "Passkey" ("memberId", "addedAt", "id");
CREATE INDEX "PasskeyChallenge_expiresAt_idx" ON "PasskeyChallenge" ("expiresAt");

ALTER TABLE "Passkey" ADD CONSTRAINT "Passkey_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Account" ("memberId") ON DELETE CASCADE ON UPDATE CASCADE;
