import type { Client } from 'pg'
import { goneKey } from '#domain/member/queries.ts'

/**
 * Finds whom the file names that deleted the account here (gone_named), and leaves out what is theirs: their person, answers,
 * roles, and the name of who asked. What of it stayed here stays as it is. To be called before anything is named.
 */
export async function leaveOutGone(session: Client): Promise<void> {
  await session.query('CREATE TEMP TABLE gone_named (slug text PRIMARY KEY, id uuid)')
  await session.query(
    `INSERT INTO gone_named SELECT m.slug, g."memberId"
     FROM (${mentioned}) m JOIN "GoneHandle" g ON g.hash = sha256(convert_to($1::text || m.slug, 'UTF8'))`,
    [goneKey()],
  )
  await session.query(left)
}

const mentioned = `
  SELECT slug FROM staged_member WHERE gone IS NOT TRUE UNION SELECT member FROM staged_ama_mentor
  UNION SELECT asked_by FROM staged_question WHERE asked_by IS NOT NULL UNION SELECT asked_to FROM staged_question WHERE asked_to IS NOT NULL
  UNION SELECT mentor FROM staged_answer`

// Requests in a file include the asker, who has withdrawn the own one.
const left = `
  DELETE FROM staged_member WHERE slug IN (SELECT slug FROM gone_named);
  DELETE FROM staged_role WHERE member IN (SELECT slug FROM gone_named);
  DELETE FROM staged_roles_given WHERE member IN (SELECT slug FROM gone_named);
  DELETE FROM staged_membership WHERE member IN (SELECT slug FROM gone_named);
  DELETE FROM staged_answer WHERE mentor IN (SELECT slug FROM gone_named);
  UPDATE staged_ama_mentor SET role_said = true, company = NULL, title = NULL WHERE member IN (SELECT slug FROM gone_named);
  CREATE TEMP TABLE asked_by_gone AS SELECT fresh, place FROM staged_question WHERE asked_by IN (SELECT slug FROM gone_named);
  DELETE FROM staged_clarification WHERE question IN (SELECT place FROM asked_by_gone);
  UPDATE staged_question SET asked_by = NULL, show_name = NULL, requests = greatest(requests - 1, 0)
    WHERE fresh IN (SELECT fresh FROM asked_by_gone);
  UPDATE staged_question SET asked_to = NULL WHERE asked_to IN (SELECT slug FROM gone_named);
`

/**
 * Of what they asked, that which is here keeps the details that it has here, and that which is not is left out unless others
 * answer it in the file. To be called once found_question is there.
 */
export async function leaveOutQuestionsOfGone(session: Client): Promise<void> {
  await session.query(`
    UPDATE staged_question s SET details = q.details
    FROM asked_by_gone g JOIN found_question f USING (fresh) LEFT JOIN "Question" q ON q.id = f.id WHERE s.fresh = g.fresh;
    DELETE FROM found_question f USING asked_by_gone g
    WHERE f.fresh = g.fresh AND NOT f.known AND NOT EXISTS (SELECT FROM staged_answer a WHERE a.question = g.place);
    DELETE FROM staged_question s USING asked_by_gone g
    WHERE s.fresh = g.fresh AND NOT EXISTS (SELECT FROM found_question f WHERE f.fresh = s.fresh);
  `)
}

/** An AMA that they are in here keeps them in it; no other has a place for them. */
export const heldByGone = `
  SELECT s.fresh, s.place || ': "' || s.member || '" has deleted the account here, so takes part in no more AMAs'
  FROM staged_ama_mentor s JOIN gone_named g ON g.slug = s.member JOIN found_ama f ON f.place = s.ama
  WHERE NOT EXISTS (SELECT FROM "AmaMentor" here WHERE here."amaId" = f.id AND here."memberId" = g.id)`

/** Triggers list everybody who holds an AMA that is written anew. */
export const unlistGone = `DELETE FROM "CommunityMentor" cm USING gone_named g WHERE cm."memberId" = g.id`
