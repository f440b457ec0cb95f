-- Names that are spelt nearly so are looked up by their index alone (docs/decisions/050): the planner takes comparing words letter
-- by letter for nothing, and would rather do it with each name there is.

-- Of each kind that is asked for, as domain/search/rules.ts calls it, the names that are closest to a folded text.
CREATE FUNCTION near_names(typed text, kinds text[]) RETURNS TABLE (kind text, id uuid, alike float8)
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  (SELECT 'mentors', "memberId", word_similarity(typed, name) AS alike FROM "MentorWords"
   WHERE 'mentors' = ANY(kinds) AND typed <% name ORDER BY alike DESC, "memberId" LIMIT 120)
  UNION ALL
  (SELECT 'topics', "topicId", word_similarity(typed, name) AS alike FROM "TopicWords"
   WHERE 'topics' = ANY(kinds) AND typed <% name ORDER BY alike DESC, "topicId" LIMIT 120)
  UNION ALL
  (SELECT 'companies', "companyId", word_similarity(typed, name) AS alike FROM "CompanyWords"
   WHERE 'companies' = ANY(kinds) AND typed <% name ORDER BY alike DESC, "companyId" LIMIT 120)
$$;

-- The word of those names and titles that a word nobody has written comes closest to, letter by letter; null where none does.
-- Each word is compared once, however many names have it.
CREATE OR REPLACE FUNCTION close_word(typed text) RETURNS text
LANGUAGE sql STABLE SET pg_trgm.word_similarity_threshold = 0.45 SET enable_seqscan = off AS $$
  SELECT word FROM (
    SELECT word, count(*) AS times FROM (
      (SELECT title AS text FROM "ReadTitle" WHERE typed <% title LIMIT 200)
      UNION ALL (SELECT name FROM "TopicWords" WHERE typed <% name LIMIT 200)
      UNION ALL (SELECT name FROM "CompanyWords" WHERE typed <% name LIMIT 200)
      UNION ALL (SELECT name FROM "MentorWords" WHERE typed <% name LIMIT 200)
    ) near CROSS JOIN LATERAL regexp_split_to_table(near.text, '[^[:alnum:]]+') word
    WHERE length(word) > 2 GROUP BY word
  ) words
  WHERE similarity(word, typed) >= 0.34
  ORDER BY similarity(word, typed) DESC, times DESC, word LIMIT 1
$$;

-- Those of some words that stand in no question and no answer, each with the word that it may be misspelt of.
CREATE FUNCTION close_words(typed text[]) RETURNS TABLE (word text, close text)
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
  SELECT word, close_word(folded(word)) FROM unnest(typed) word
  WHERE NOT EXISTS (SELECT FROM "QuestionWords" WHERE words @@ plainto_tsquery('perch', word))
    AND NOT EXISTS (SELECT FROM "AnswerWords" WHERE words @@ plainto_tsquery('perch', word))
$$;
