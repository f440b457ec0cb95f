-- What /dev/mail shows, where there is no SMTP server.
CREATE TABLE "Mail" (
  "id" UUID NOT NULL,
  "to" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "html" TEXT NOT NULL,
  "keptAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "Mail_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "Mail_keptAt_id_idx" ON "Mail" ("keptAt", "id");
