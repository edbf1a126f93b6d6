import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { openPostgres } from '#server/log/postgres-store.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { AgencyIdSchema, DocumentIdSchema, type AgencyId, type DocumentId } from '#shared/kernel/public.ts';
import {
  answerTo,
  docOf,
  draftTextTables,
  sqliteTexts,
  type TextAnswered,
  type TextAsked,
} from '#shared/node/draft-texts/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { ownPostgres, type OwnPostgres } from '../../support/postgres.ts';

type Words = Readonly<{
  exchange: (document: DocumentId, asked: TextAsked) => Promise<TextAnswered & { isNew: boolean }>;
  close: () => Promise<void>;
}>;

let postgres: OwnPostgres;
const folder = mkdtempSync(join(tmpdir(), 'Ấn Tín dự thảo '));
const key = randomBytes(32);

beforeAll(async () => {
  postgres = await ownPostgres();
});
afterAll(async () => {
  await postgres.remove();
  rmSync(folder, { recursive: true, force: true });
});

const stores: readonly (readonly [string, (agencyId: AgencyId) => Promise<Words>])[] = [
  [
    'SQLite',
    (agencyId) => {
      const db = openEncrypted({ path: join(folder, `${agencyId}.db`), key });
      db.exec(draftTextTables);
      const texts = sqliteTexts(db);
      return Promise.resolve({
        exchange: (document, { update, have }) =>
          Promise.resolve().then(() => {
            const isNew = update !== null && texts.take(document, update);
            return { ...answerTo(texts.read(document) ?? docOf([]), have), isNew };
          }),
        close: () => Promise.resolve(void db.close()),
      });
    },
  ],
  [
    'PostgreSQL',
    async (agencyId) => {
      const store = await openPostgres(postgres.url, agencyId);
      return { exchange: store.exchangeWords, close: store.close };
    },
  ],
];

const nothing = Y.encodeStateVector(new Y.Doc());
const newDocument = () => DocumentIdSchema.parse(systemClock.newId());

/** What somebody typed, letter by letter, as it goes out. */
function typed(sentence: string): Readonly<{ doc: Y.Doc; updates: readonly Uint8Array[] }> {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const letter of sentence) doc.getText('text').insert(doc.getText('text').length, letter);
  return { doc, updates };
}

const textOf = ({ update }: TextAnswered) => docOf([update]).getText('text').toJSON();

describe.each(stores)('the words of a draft in %s', (_name, open) => {
  it('are all there, whoever came first, however often, and after starting again', async () => {
    const agencyId = AgencyIdSchema.parse(systemClock.newId());
    const document = newDocument();
    const words = await open(agencyId);
    const [one, two] = [typed('Kính gửi '.repeat(12)), typed('Căn cứ '.repeat(12))];
    // More pieces than are kept apart, from two people at once, the last first.
    const all = one.updates.flatMap((update, place) => [update, ...two.updates.slice(place, place + 1)]);
    const given = [...all.toReversed(), ...all];
    await Promise.all(given.map((update) => words.exchange(document, { update, have: nothing })));
    // What came ahead of the letters it follows was not kept; whoever typed it sees so, and gives it again.
    for (const { doc } of [one, two]) {
      const { have } = await words.exchange(document, { update: null, have: nothing });
      await words.exchange(document, { update: Y.encodeStateAsUpdate(doc, have), have: nothing });
    }
    const told = textOf(await words.exchange(document, { update: null, have: nothing }));
    expect(told.length).toBe('Kính gửi '.length * 12 + 'Căn cứ '.length * 12);
    expect(await words.exchange(document, { update: all[0] ?? null, have: nothing })).toMatchObject({
      isNew: false,
    });
    await words.close();
    const again = await open(agencyId);
    expect(textOf(await again.exchange(document, { update: null, have: nothing }))).toBe(told);
    // Another draft, and another agency, have none of it.
    expect(textOf(await again.exchange(newDocument(), { update: null, have: nothing }))).toBe('');
    await again.close();
    const other = await open(AgencyIdSchema.parse(systemClock.newId()));
    expect(textOf(await other.exchange(document, { update: null, have: nothing }))).toBe('');
    await other.close();
  });

  it('are refused when they are no words, and what was there stays', async () => {
    const words = await open(AgencyIdSchema.parse(systemClock.newId()));
    const document = newDocument();
    for (const update of typed('Giữ nguyên').updates) {
      await words.exchange(document, { update, have: nothing });
    }
    for (const bad of [new Uint8Array([255, 255, 255]), randomBytes(64), new Uint8Array(0)]) {
      const refused = await words.exchange(document, { update: bad, have: nothing }).then(
        () => null,
        (error: unknown) => (error as { code?: string }).code,
      );
      expect(refused).toBe('drafting.malformed');
    }
    const read = await words.exchange(document, { update: null, have: nothing });
    expect(textOf(read)).toBe('Giữ nguyên');
    await words.close();
  });
});
