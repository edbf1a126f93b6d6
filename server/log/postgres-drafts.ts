import type { PoolClient } from 'pg';
import { encodeStateAsUpdate } from 'yjs';
import type { AgencyId, DocumentId } from '#shared/kernel/public.ts';
import {
  answerTo,
  docOf,
  takeUpdate,
  type TextAnswered,
  type TextAsked,
} from '#shared/node/draft-texts/public.ts';

type Words = TextAsked & Readonly<{ agencyId: AgencyId; document: DocumentId }>;

/** Merges words into a draft in PostgreSQL; call inside a transaction. Two at once take turns at its row. */
export async function exchangeWords(
  client: PoolClient,
  { agencyId, document, update, have }: Words,
): Promise<TextAnswered & Readonly<{ isNew: boolean }>> {
  const key = [agencyId, document];
  if (update !== null) {
    // The row is there before it is locked, so that the first two writers wait for each other too.
    await client.query(
      'INSERT INTO draft_text (agency_id, document, state) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [...key, encodeStateAsUpdate(docOf([]))],
    );
  }
  const { rows } = await client.query<{ state: Buffer }>(
    `SELECT state FROM draft_text WHERE agency_id = $1 AND document = $2 ${update === null ? '' : 'FOR UPDATE'}`,
    key,
  );
  const doc = docOf(rows.map(({ state }) => state));
  const isNew = update !== null && takeUpdate(doc, update) !== null;
  if (isNew) {
    await client.query('UPDATE draft_text SET state = $3 WHERE agency_id = $1 AND document = $2', [
      ...key,
      encodeStateAsUpdate(doc),
    ]);
  }
  return { ...answerTo(doc, have), isNew };
}

/** Of destroyed papers no word is kept. */
export async function forgetWords(
  client: PoolClient,
  agencyId: AgencyId,
  documents: readonly DocumentId[],
): Promise<void> {
  await client.query('DELETE FROM draft_text WHERE agency_id = $1 AND document = ANY($2)', [
    agencyId,
    documents,
  ]);
}
