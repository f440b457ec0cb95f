-- What was read much has the words of all lower tiers too: "read at least so much" is one word then, one list of the index
-- where there were up to a dozen to go through. What nobody read has none.
CREATE OR REPLACE FUNCTION tier_word(views int) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(ARRAY(SELECT 'tier ' || tier FROM generate_series(1, tier_of(views)) tier))
$$;

UPDATE "QuestionWords" SET words = ts_delete(words, 'tier 0') || array_to_tsvector(ARRAY(SELECT 'tier ' || t FROM generate_series(1, tier) t))
WHERE tier <> 1;
UPDATE "AnswerWords" SET words = ts_delete(words, 'tier 0') || array_to_tsvector(ARRAY(SELECT 'tier ' || t FROM generate_series(1, tier) t))
WHERE tier <> 1;
