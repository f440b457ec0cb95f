-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Community" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "mentorCount" INTEGER NOT NULL DEFAULT 0,
    "questionCount" INTEGER NOT NULL DEFAULT 0,
    "answerCount" INTEGER NOT NULL DEFAULT 0,
    "amaCount" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Community_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Topic" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "synonyms" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "communityId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "questionCount" INTEGER NOT NULL DEFAULT 0,
    "answerCount" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Topic_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Company" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Company_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "id" UUID NOT NULL,
    "handle" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "bio" TEXT,
    "companyId" UUID,
    "title" TEXT,
    "mentorSince" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answerCount" INTEGER NOT NULL DEFAULT 0,
    "viewCount" INTEGER NOT NULL DEFAULT 0,
    "amaCount" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Role" (
    "id" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "companyId" UUID,
    "title" TEXT,
    "startedOn" TEXT,
    "endedOn" TEXT,

    CONSTRAINT "Role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CommunityMentor" (
    "communityId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "answerCount" INTEGER NOT NULL DEFAULT 0,
    "amaCount" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "CommunityMentor_pkey" PRIMARY KEY ("communityId","memberId")
);

-- CreateTable
CREATE TABLE "Ama" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "communityId" UUID NOT NULL,
    "topicId" UUID NOT NULL,
    "startsAtLocal" TIMESTAMP(0) NOT NULL,
    "timeZone" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(0) NOT NULL,
    "endsAt" TIMESTAMPTZ(0) NOT NULL,
    "introduction" TEXT,
    "introductionHtml" TEXT,
    "cancelledAt" TIMESTAMPTZ(3),
    "cancelledById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "questionCount" INTEGER NOT NULL DEFAULT 0,
    "answeredCount" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Ama_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AmaMentor" (
    "amaId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "companyId" UUID,
    "title" TEXT,

    CONSTRAINT "AmaMentor_pkey" PRIMARY KEY ("amaId","memberId")
);

-- CreateTable
CREATE TABLE "Question" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "importKey" TEXT,
    "communityId" UUID NOT NULL,
    "topicId" UUID,
    "amaId" UUID,
    "number" INTEGER,
    "askedToId" UUID,
    "askedById" UUID,
    "showName" BOOLEAN NOT NULL DEFAULT false,
    "title" TEXT NOT NULL,
    "details" TEXT,
    "detailsHtml" TEXT,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "requestBase" INTEGER NOT NULL DEFAULT 0,
    "requestCount" INTEGER NOT NULL DEFAULT 0,
    "answerCount" INTEGER NOT NULL DEFAULT 0,
    "viewCount" INTEGER NOT NULL DEFAULT 0,
    "leadAnswerId" UUID,
    "leadAnsweredAt" TIMESTAMPTZ(3),
    "leadMentorId" UUID,
    "leadExcerpt" TEXT,
    "lastAnsweredAt" TIMESTAMPTZ(3),

    CONSTRAINT "Question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AnswerRequest" (
    "questionId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AnswerRequest_pkey" PRIMARY KEY ("questionId","memberId")
);

-- CreateTable
CREATE TABLE "Answer" (
    "id" UUID NOT NULL,
    "importKey" TEXT,
    "questionId" UUID NOT NULL,
    "mentorId" UUID NOT NULL,
    "companyId" UUID,
    "title" TEXT,
    "body" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "excerpt" TEXT NOT NULL,
    "answeredAt" TIMESTAMPTZ(3) NOT NULL,
    "viewBase" INTEGER NOT NULL DEFAULT 0,
    "viewCount" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AnswerView" (
    "day" DATE NOT NULL,
    "answerId" UUID NOT NULL,
    "reader" BYTEA NOT NULL,

    CONSTRAINT "AnswerView_pkey" PRIMARY KEY ("day","answerId","reader")
);

-- CreateTable
CREATE TABLE "MovedSlug" (
    "kind" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "targetId" UUID NOT NULL,
    "movedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "MovedSlug_pkey" PRIMARY KEY ("kind","slug")
);

-- CreateIndex
CREATE UNIQUE INDEX "Community_slug_key" ON "Community"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Community_name_key" ON "Community"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Topic_slug_key" ON "Topic"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Topic_id_communityId_key" ON "Topic"("id", "communityId");

-- CreateIndex
CREATE UNIQUE INDEX "Topic_communityId_name_key" ON "Topic"("communityId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Company_slug_key" ON "Company"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Company_name_key" ON "Company"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Member_handle_key" ON "Member"("handle");

-- CreateIndex
CREATE INDEX "Member_companyId_answerCount_id_idx" ON "Member"("companyId", "answerCount", "id");

-- CreateIndex
CREATE INDEX "Role_memberId_idx" ON "Role"("memberId");

-- CreateIndex
CREATE INDEX "Role_companyId_memberId_idx" ON "Role"("companyId", "memberId");

-- CreateIndex
CREATE INDEX "CommunityMentor_memberId_idx" ON "CommunityMentor"("memberId");

-- CreateIndex
CREATE UNIQUE INDEX "Ama_slug_key" ON "Ama"("slug");

-- CreateIndex
CREATE INDEX "Ama_startsAt_id_idx" ON "Ama"("startsAt", "id");

-- CreateIndex
CREATE INDEX "Ama_communityId_startsAt_id_idx" ON "Ama"("communityId", "startsAt", "id");

-- CreateIndex
CREATE INDEX "Ama_topicId_startsAt_id_idx" ON "Ama"("topicId", "startsAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Ama_id_communityId_key" ON "Ama"("id", "communityId");

-- CreateIndex
CREATE INDEX "AmaMentor_memberId_idx" ON "AmaMentor"("memberId");

-- CreateIndex
CREATE INDEX "AmaMentor_companyId_idx" ON "AmaMentor"("companyId");

-- CreateIndex
CREATE UNIQUE INDEX "AmaMentor_amaId_position_key" ON "AmaMentor"("amaId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Question_slug_key" ON "Question"("slug");

-- CreateIndex
CREATE INDEX "Question_communityId_viewCount_id_idx" ON "Question"("communityId", "viewCount", "id");

-- CreateIndex
CREATE INDEX "Question_communityId_askedAt_id_idx" ON "Question"("communityId", "askedAt", "id");

-- CreateIndex
CREATE INDEX "Question_topicId_viewCount_id_idx" ON "Question"("topicId", "viewCount", "id");

-- CreateIndex
CREATE INDEX "Question_leadAnsweredAt_id_idx" ON "Question"("leadAnsweredAt", "id");

-- CreateIndex
CREATE INDEX "Question_communityId_lastAnsweredAt_id_idx" ON "Question"("communityId", "lastAnsweredAt", "id");

-- CreateIndex
CREATE INDEX "Question_topicId_lastAnsweredAt_id_idx" ON "Question"("topicId", "lastAnsweredAt", "id");

-- CreateIndex
CREATE INDEX "Question_askedById_idx" ON "Question"("askedById");

-- CreateIndex
CREATE INDEX "Question_askedToId_idx" ON "Question"("askedToId");

-- CreateIndex
CREATE INDEX "Question_leadAnswerId_idx" ON "Question"("leadAnswerId");

-- CreateIndex
CREATE INDEX "Question_leadMentorId_idx" ON "Question"("leadMentorId");

-- CreateIndex
CREATE UNIQUE INDEX "Question_amaId_number_key" ON "Question"("amaId", "number");

-- CreateIndex
CREATE INDEX "AnswerRequest_memberId_idx" ON "AnswerRequest"("memberId");

-- CreateIndex
CREATE INDEX "Answer_questionId_answeredAt_id_idx" ON "Answer"("questionId", "answeredAt", "id");

-- CreateIndex
CREATE INDEX "Answer_mentorId_answeredAt_id_idx" ON "Answer"("mentorId", "answeredAt", "id");

-- CreateIndex
CREATE INDEX "Answer_companyId_viewCount_id_idx" ON "Answer"("companyId", "viewCount", "id");

-- CreateIndex
CREATE INDEX "AnswerView_answerId_idx" ON "AnswerView"("answerId");

-- CreateIndex
CREATE INDEX "MovedSlug_targetId_idx" ON "MovedSlug"("targetId");

-- AddForeignKey
ALTER TABLE "Topic" ADD CONSTRAINT "Topic_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Role" ADD CONSTRAINT "Role_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Role" ADD CONSTRAINT "Role_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CommunityMentor" ADD CONSTRAINT "CommunityMentor_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CommunityMentor" ADD CONSTRAINT "CommunityMentor_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Ama" ADD CONSTRAINT "Ama_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Ama" ADD CONSTRAINT "Ama_topicId_communityId_fkey" FOREIGN KEY ("topicId", "communityId") REFERENCES "Topic"("id", "communityId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Ama" ADD CONSTRAINT "Ama_cancelledById_fkey" FOREIGN KEY ("cancelledById") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AmaMentor" ADD CONSTRAINT "AmaMentor_amaId_fkey" FOREIGN KEY ("amaId") REFERENCES "Ama"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AmaMentor" ADD CONSTRAINT "AmaMentor_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AmaMentor" ADD CONSTRAINT "AmaMentor_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_topicId_communityId_fkey" FOREIGN KEY ("topicId", "communityId") REFERENCES "Topic"("id", "communityId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_amaId_communityId_fkey" FOREIGN KEY ("amaId", "communityId") REFERENCES "Ama"("id", "communityId") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_askedToId_fkey" FOREIGN KEY ("askedToId") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_askedById_fkey" FOREIGN KEY ("askedById") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_leadAnswerId_fkey" FOREIGN KEY ("leadAnswerId") REFERENCES "Answer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_leadMentorId_fkey" FOREIGN KEY ("leadMentorId") REFERENCES "Member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnswerRequest" ADD CONSTRAINT "AnswerRequest_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnswerRequest" ADD CONSTRAINT "AnswerRequest_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Answer" ADD CONSTRAINT "Answer_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Answer" ADD CONSTRAINT "Answer_mentorId_fkey" FOREIGN KEY ("mentorId") REFERENCES "Member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Answer" ADD CONSTRAINT "Answer_companyId_fkey" FOREIGN KEY ("companyId") REFERENCES "Company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AnswerView" ADD CONSTRAINT "AnswerView_answerId_fkey" FOREIGN KEY ("answerId") REFERENCES "Answer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
