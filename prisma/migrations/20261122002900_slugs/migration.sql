-- The earlier addresses of a thing go with it: they would lead nowhere, and nobody else could have them.

CREATE FUNCTION slugs_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "MovedSlug" WHERE kind = TG_TABLE_NAME AND "targetId" = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER slugs_forgotten AFTER DELETE ON "Community" FOR EACH ROW EXECUTE FUNCTION slugs_forgotten();
CREATE TRIGGER slugs_forgotten AFTER DELETE ON "Topic" FOR EACH ROW EXECUTE FUNCTION slugs_forgotten();
CREATE TRIGGER slugs_forgotten AFTER DELETE ON "Company" FOR EACH ROW EXECUTE FUNCTION slugs_forgotten();
CREATE TRIGGER slugs_forgotten AFTER DELETE ON "Member" FOR EACH ROW EXECUTE FUNCTION slugs_forgotten();
CREATE TRIGGER slugs_forgotten AFTER DELETE ON "Ama" FOR EACH ROW EXECUTE FUNCTION slugs_forgotten();
CREATE TRIGGER slugs_forgotten AFTER DELETE ON "Question" FOR EACH ROW EXECUTE FUNCTION slugs_forgotten();

DELETE FROM "MovedSlug" s WHERE NOT EXISTS (
  SELECT 1 FROM (
    SELECT 'Community' AS kind, id FROM "Community" UNION ALL SELECT 'Topic', id FROM "Topic" UNION ALL SELECT 'Company', id FROM "Company"
    UNION ALL SELECT 'Member', id FROM "Member" UNION ALL SELECT 'Ama', id FROM "Ama" UNION ALL SELECT 'Question', id FROM "Question"
  ) there WHERE there.kind = s.kind AND there.id = s."targetId");

-- Columns that came without a row being written have no statistics, and autovacuum sees no reason to make some: until then the
-- planner takes "hiddenAt" IS NULL for something that hardly any row is.
ANALYZE "Member", "Question", "Answer";
