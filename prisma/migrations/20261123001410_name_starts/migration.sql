-- What somebody types is completed by an index of prefixes (docs/decisions/051): each name, and each title that is read much, from
-- each of its words on.

CREATE TABLE "NameStart" (
  "kind" TEXT NOT NULL,
  "ofId" UUID NOT NULL,
  "text" TEXT NOT NULL,
  "whole" BOOLEAN NOT NULL,
  "weight" SMALLINT NOT NULL,

  CONSTRAINT "NameStart_pkey" PRIMARY KEY ("kind", "ofId", "text")
);

-- Folded names, one a line, from each word on, as far as anybody types. `whole`: it is a name from its beginning.
CREATE FUNCTION name_starts(names text) RETURNS TABLE (start text, whole boolean) LANGUAGE sql IMMUTABLE AS $$
  SELECT left(array_to_string(words[i:], ' '), 60) AS start, bool_or(i = 1)
  FROM unnest(string_to_array(names, E'\n')) line CROSS JOIN string_to_array(line, ' ') words CROSS JOIN generate_series(1, cardinality(words)) i
  WHERE words[i] <> '' GROUP BY start
$$;

-- By how much a title is read, in steps of a tenth, so that few rows change with each reader.
CREATE FUNCTION read_weight(views integer) RETURNS smallint LANGUAGE sql IMMUTABLE AS $$
  SELECT round(8 * log(2, 1 + greatest(views, 0)))::smallint
$$;

-- Of the row of a table that keeps names: its kind, and the columns of what it names and of the names.
CREATE FUNCTION keep_name_starts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  gone jsonb := to_jsonb(OLD);
  come jsonb := to_jsonb(NEW);
BEGIN
  DELETE FROM "NameStart" WHERE kind = TG_ARGV[0] AND "ofId" = (gone ->> TG_ARGV[1])::uuid;
  INSERT INTO "NameStart" (kind, "ofId", text, whole, weight)
  SELECT TG_ARGV[0], (come ->> TG_ARGV[1])::uuid, start, whole, read_weight(coalesce((come ->> 'viewCount')::integer, 0))
  FROM name_starts(come ->> TG_ARGV[2]);
  RETURN NULL;
END $$;

CREATE TRIGGER names_come_or_go AFTER INSERT OR DELETE ON "TopicWords" FOR EACH ROW EXECUTE FUNCTION keep_name_starts('topic', 'topicId', 'name');
CREATE TRIGGER names_come_or_go AFTER INSERT OR DELETE ON "MentorWords" FOR EACH ROW EXECUTE FUNCTION keep_name_starts('mentor', 'memberId', 'name');
CREATE TRIGGER names_come_or_go AFTER INSERT OR DELETE ON "CompanyWords" FOR EACH ROW EXECUTE FUNCTION keep_name_starts('company', 'companyId', 'name');
CREATE TRIGGER names_come_or_go AFTER INSERT OR DELETE ON "ReadTitle" FOR EACH ROW EXECUTE FUNCTION keep_name_starts('question', 'questionId', 'title');
CREATE TRIGGER names_change AFTER UPDATE ON "TopicWords" FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION keep_name_starts('topic', 'topicId', 'name');
CREATE TRIGGER names_change AFTER UPDATE ON "MentorWords" FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION keep_name_starts('mentor', 'memberId', 'name');
CREATE TRIGGER names_change AFTER UPDATE ON "CompanyWords" FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION keep_name_starts('company', 'companyId', 'name');
CREATE TRIGGER names_change AFTER UPDATE ON "ReadTitle" FOR EACH ROW
  WHEN ((OLD.title, read_weight(OLD."viewCount")) <> (NEW.title, read_weight(NEW."viewCount"))) EXECUTE FUNCTION keep_name_starts('question', 'questionId', 'title');

INSERT INTO "NameStart" (kind, "ofId", text, whole, weight)
SELECT kind, id, start, whole, read_weight(views) FROM (
  SELECT 'topic' AS kind, "topicId" AS id, name, 0 AS views FROM "TopicWords"
  UNION ALL SELECT 'mentor', "memberId", name, 0 FROM "MentorWords"
  UNION ALL SELECT 'company', "companyId", name, 0 FROM "CompanyWords"
  UNION ALL SELECT 'question', "questionId", title, "viewCount" FROM "ReadTitle"
) named CROSS JOIN LATERAL name_starts(name);

-- In one index all that is asked of it.
CREATE INDEX "NameStart_kind_text_weight_ofId_whole_idx" ON "NameStart" ("kind", "text" text_pattern_ops, "weight", "ofId", "whole");
ANALYZE "NameStart";
