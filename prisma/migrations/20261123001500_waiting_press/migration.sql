-- What people wish for is called wanted; the button that a visitor pressed, which is carried out after the sign-in, is not.
ALTER TABLE "MailProof" RENAME COLUMN wanted TO "waitingPress";
UPDATE "MailProof" SET next = '/api/waiting-press' WHERE next = '/api/wanted';
UPDATE "PendingSignIn" SET next = '/api/waiting-press' WHERE next = '/api/wanted';
