-- What a topic is about, in the words of who hosts its community.

-- AlterTable
ALTER TABLE "Topic" ADD COLUMN     "about" TEXT,
ADD COLUMN     "aboutHtml" TEXT;

ALTER TABLE "Topic" ADD CONSTRAINT "Topic_about_check" CHECK (length(about) BETWEEN 1 AND 2000 AND (about IS NULL) = ("aboutHtml" IS NULL));
