-- What the demo content brought, by id and by the table that it is in.
CREATE TABLE "DemoRow" (
  "id" UUID NOT NULL,
  "kind" TEXT NOT NULL,

  CONSTRAINT "DemoRow_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "DemoRow_kind_check" CHECK (kind IN ('Community', 'Topic', 'Company', 'Member', 'Ama', 'Question', 'Answer'))
);

CREATE INDEX "DemoRow_kind_idx" ON "DemoRow" ("kind");
