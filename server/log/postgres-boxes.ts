import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { PoolClient } from 'pg';
import { z } from 'zod';
import { AppError, VoteIdSchema, type AgencyId } from '#shared/kernel/public.ts';
import { SecretBallotSchema, type SecretBallot } from '#shared/meetings/public.ts';
import type { VoteKey } from '#shared/node/secret-votes/public.ts';
import type { BoxFiles } from '../data/box-files.ts';
import type { Boxes } from './boxes.ts';
import { all } from './postgres-reading.ts';
import type { Writing } from './serving.ts';

const KeySchema = z.object({ publicKey: z.string(), privateKey: z.string() });
const nonceBytes = 12;
const tagBytes = 16;

type Parts = Readonly<{ agencyId: AgencyId; dataKey: Uint8Array }>;

/**
 * In the database, so that whoever takes the log over has them; sealed, so that nobody there counts before it is time, and
 * under a tag, so that what a database keeps of the order of its rows names no serial.
 */
export function boxesInDatabase({ whileWriter }: Writing, parts: Parts): Boxes {
  const { agencyId } = parts;
  const { seal, open, tagOf } = sealing(parts);
  return {
    votes: () =>
      whileWriter(async (client) => {
        const rows = await all(client, 'SELECT vote FROM vote_key WHERE agency_id = $1', [agencyId]);
        return rows.map((row) => VoteIdSchema.parse(row['vote']));
      }),
    keyOf: (vote) =>
      whileWriter(async (client) => {
        const sql = 'SELECT sealed FROM vote_key WHERE agency_id = $1 AND vote = $2';
        const [row] = await all(client, sql, [agencyId, vote]);
        return row === undefined ? null : KeySchema.parse(open(row['sealed']));
      }),
    begin: (vote, key) =>
      whileWriter(async (client) => {
        await client.query('INSERT INTO vote_key VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
          agencyId,
          vote,
          seal(key),
        ]);
      }),
    lay: (vote, ballot) =>
      whileWriter(async (client) => {
        const sql =
          "SELECT state::json->>'state' AS state FROM aggregate WHERE agency_id = $1 AND kind = 'vote' AND id = $2";
        const [found] = await all(client, sql, [agencyId, vote]);
        if (found?.['state'] !== 'open') return 'shut';
        const key = [agencyId, vote, tagOf(ballot)];
        const lain = await client.query(
          'INSERT INTO secret_ballot VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
          [...key, seal(ballot)],
        );
        if (lain.rowCount === 1) return 'laid';
        const [there] = await all(
          client,
          'SELECT sealed FROM secret_ballot WHERE agency_id = $1 AND vote = $2 AND tag = $3',
          key,
        );
        return JSON.stringify(open(there?.['sealed'])) === JSON.stringify(ballot) ? 'laid' : 'another';
      }),
    ballots: (vote) =>
      whileWriter(async (client) => {
        const sql = 'SELECT sealed FROM secret_ballot WHERE agency_id = $1 AND vote = $2';
        const rows = await all(client, sql, [agencyId, vote]);
        return rows
          .map((row) => SecretBallotSchema.parse(open(row['sealed'])))
          .toSorted((a, b) => (a.serial < b.serial ? -1 : 1));
      }),
    remove: (vote) =>
      whileWriter(async (client) => {
        for (const table of ['secret_ballot', 'vote_key']) {
          await client.query(`DELETE FROM ${table} WHERE agency_id = $1 AND vote = $2`, [agencyId, vote]);
        }
      }),
  };
}

/** The boxes of a server's file go along when its log does; call where the agency's row is ours. */
export async function putBoxes(client: PoolClient, files: BoxFiles, parts: Parts): Promise<void> {
  const { seal, tagOf } = sealing(parts);
  for (const vote of files.votes()) {
    const key = files.keyOf(vote);
    if (key === null) continue;
    await client.query('INSERT INTO vote_key VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
      parts.agencyId,
      vote,
      seal(key),
    ]);
    for (const ballot of files.ballots(vote)) {
      await client.query('INSERT INTO secret_ballot VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
        parts.agencyId,
        vote,
        tagOf(ballot),
        seal(ballot),
      ]);
    }
  }
}

function sealing({ agencyId, dataKey }: Parts) {
  const key = Buffer.from(hkdfSync('sha256', dataKey, agencyId, 'antin boxes 1', 32));
  return {
    tagOf: ({ serial }: SecretBallot): string => createHmac('sha256', key).update(serial).digest('base64'),
    seal: (what: VoteKey | SecretBallot): Buffer => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const text = Buffer.concat([cipher.update(JSON.stringify(what)), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]);
    },
    open: (sealed: unknown): unknown => {
      const bytes = z.instanceof(Uint8Array).parse(sealed);
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      try {
        const text = [decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()];
        return JSON.parse(Buffer.concat(text).toString());
      } catch (error) {
        throw new AppError('store.wrong-key', {}, error);
      }
    },
  };
}
