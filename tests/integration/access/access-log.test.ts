import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixHead } from '#electron/features/access/keep-fixing.ts';
import { storeOf } from '#electron/features/access/note.ts';
import { letterPdf } from '#electron/features/sample/letters.ts';
import { sampleLetters } from '#electron/features/sample/offices.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { accessBy, nextLineHash, type AccessLine, type ChainedLine } from '#shared/access/public.ts';
import { contract } from '#shared/contract.ts';
import type { Role } from '#shared/directory/public.ts';
import { CommandIdSchema, DocumentIdSchema, type DocumentId, type Hash } from '#shared/kernel/public.ts';
import { accessLine, verifyAccess } from '#shared/node/access-log/public.ts';
import { walkChain } from '#shared/node/sequencer/public.ts';
import { officeOfRoles, type Calls, type OfficeOfRoles } from '../../support/office-of-roles.ts';

let office: OfficeOfRoles;
const windows = new Map<Role, Calls>();
let documentId: DocumentId;
let hash: Hash;

const open = () => {
  const current = office.core.sessions.current('clerk');
  if (current === null) throw new Error('The clerk is gone');
  return current.open;
};
const here = () => storeOf(open()).after(open().desk.agencyId, 0, 10_000);
const told = () => here().map(({ line: { what, on } }) => [what, on.kind]);

function at(role: Role): Calls {
  const calls = windows.get(role);
  if (calls === undefined) throw new Error(`Nobody is ${role}`);
  return calls;
}

beforeAll(async () => {
  office = await officeOfRoles();
  for (const role of ['clerk', 'leader', 'officer', 'administrator'] as const) {
    windows.set(role, await office.at(office.person(role), role));
  }
  const [letter] = sampleLetters;
  if (letter === undefined) throw new Error('No letters');
  const bytes = await letterPdf(letter, systemClock.now());
  documentId = DocumentIdSchema.parse(systemClock.newId());
  const clerk = at('clerk');
  const { uploadId } = (await clerk('documents.beginUpload', { name: 'thư.pdf', size: bytes.length })) as {
    uploadId: string;
  };
  await clerk('documents.appendUpload', { uploadId, offset: 0, bytes: new Blob([new Uint8Array(bytes)]) });
  const commandId = CommandIdSchema.parse(systemClock.newId());
  await clerk('documents.receiveFile', { commandId, documentId, uploadId });
  const page = (await clerk('documents.page', { documentId })) as { document: { file: { hash: Hash } } };
  hash = page.document.file.hash;
}, 120_000);
afterAll(() => {
  office.remove();
});

test('a paper that is opened again within minutes leaves one line, and what is taken out a line each time', async () => {
  const before = told().length;
  const piece = { documentId, hash, offset: 0, length: 1000 };
  await at('leader')('documents.page', { documentId });
  await at('leader')('documents.page', { documentId });
  await at('leader')('documents.readFile', piece);
  await at('leader')('documents.readFile', { ...piece, offset: 1000 });
  await at('leader')('documents.readFile', { ...piece, purpose: 'save' });
  await at('leader')('documents.readFile', { ...piece, purpose: 'save' });
  await at('clerk')('documents.exportRegister', {
    book: 'arrivals',
    year: 2026,
    from: null,
    to: null,
    extra: [],
    form: 'csv',
  });
  expect(told().slice(before)).toEqual([
    ['opened', 'document'],
    ['downloaded', 'document'],
    ['downloaded', 'document'],
    ['exported', 'register'],
  ]);
});

test('whoever may not see a paper leaves no line of it, and who came and went stands in it', async () => {
  const before = told().length;
  await expect(at('officer')('documents.page', { documentId })).rejects.toThrow('documents.unknown');
  expect(told()).toHaveLength(before);
  office.core.sessions.signOut('officer');
  windows.set('officer', await office.at(office.person('officer'), 'officer'));
  expect(told().slice(before)).toEqual([
    ['signedOut', 'desk'],
    ['signedIn', 'desk'],
  ]);
});

type Row = Readonly<{ what: string; on: { name: string | null }; person: string }>;
const window = { offset: 0, limit: 200 };
const all = { on: null, person: null, what: null, from: null, to: null, ...window };

test('leaders and administrators look it up by paper, person and day; an administrator learns no subject', async () => {
  const on = { kind: 'document', id: documentId };
  const ask = async (role: Role, asked: object) =>
    (await at(role)('access.lines', { ...all, ...asked })) as { rows: Row[]; total: number };
  const leader = await ask('leader', { on, person: office.person('leader') });
  expect(leader.total).toBe(3);
  expect(leader.rows.every((row) => row.on.name !== null)).toBe(true);
  const administrator = await ask('administrator', { on });
  expect(administrator.total).toBeGreaterThan(leader.total);
  expect(administrator.rows.map((row) => row.on.name)).toEqual(administrator.rows.map(() => null));
  expect((await ask('leader', { from: '2000-01-01', to: '2000-01-02' })).total).toBe(0);
  const counts = (await at('leader')('access.counts', all)) as { rows: { times: number; people: number }[] };
  expect(counts.rows[0]).toMatchObject({ times: administrator.total, people: 2 });
  const own = (await at('clerk')('access.of', { documentId, ...window })) as {
    total: number;
    people: number;
  };
  expect(own).toMatchObject({ total: administrator.total, people: 2 });
  await expect(at('officer')('access.lines', all)).rejects.toThrow('directory.not-your-role');
});

test('what is exported is a spreadsheet of every line, and the export itself is in the log', async () => {
  const made = (await at('leader')('access.export', { ...all, form: 'csv' })) as {
    exportId: string;
    size: number;
  };
  const read = { exportId: made.exportId, offset: 0, length: made.size };
  const { bytes } = (await at('leader')('documents.readExport', read)) as { bytes: Blob };
  const lines = Buffer.from(await bytes.arrayBuffer())
    .toString()
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(here().length); // One line fewer than now, and the head.
  expect(told().at(-1)).toEqual(['exported', 'log']);
});

test('a head taken into the agency’s log shows every line that is dropped, changed or put in afterwards', () => {
  const { desk } = open();
  expect(fixHead(open(), systemClock.newId)).not.toBeNull();
  expect(fixHead(open(), systemClock.newId)).toBeNull();
  const entries = desk.log.entriesAfter(0, 10_000);
  expect(walkChain(entries)).toMatchObject({ ok: true });
  const lines = here();
  const judged = (chain: readonly ChainedLine[]) => verifyAccess(new Map([[desk.agencyId, chain]]), entries);
  expect(judged(lines)).toEqual({ ok: true, lines: lines.length, fixed: 1 });
  expect(judged(lines.slice(0, -1))).toMatchObject({ ok: false, n: lines.length, why: 'not-as-fixed' });
  expect(judged(lines.toSpliced(1, 1))).toMatchObject({ ok: false, n: 2, why: 'broken' });
  expect(judged(chainedAnew(lines.map(({ line }) => line).toSpliced(2, 1)))).toMatchObject({
    ok: false,
    why: 'not-as-fixed',
  });
  expect(judged([])).toMatchObject({ ok: false, n: 1 });
  expect(verifyAccess(new Map(), entries)).toMatchObject({ ok: false, n: 1 });
  expect(accessLine(lines[0] as ChainedLine)).toMatch(/^\{"entry":\{"at":.*\},"hash":"[0-9a-f]{64}"\}$/u);
});

/** As somebody would who can write the database: every hash fits, and the places too. */
function chainedAnew(lines: readonly AccessLine[]): readonly ChainedLine[] {
  const chain: ChainedLine[] = [];
  let before = '0'.repeat(64) as Hash;
  for (const [place, line] of lines.entries()) {
    const renumbered = { ...line, n: place + 1 };
    before = nextLineHash(before, renumbered);
    chain.push({ line: renumbered, hash: before });
  }
  return chain;
}

/** What gives bytes of a paper, or makes a file of papers, and why some leave no line of their own. */
const withoutLine = new Map<string, string>([['documents.readExport', 'whoever made it left the line']]);

test('every call that gives bytes or makes a file leaves a line', () => {
  const given = { documentId: 'x', dossierId: 'x', offset: 0, book: 'x', year: 1, state: 'open' };
  const showing: readonly string[] = Object.entries(contract)
    .flatMap(([room, calls]) =>
      Object.entries(calls).map(([name, call]) => ({ name: `${room}.${name}`, call })),
    )
    .filter(({ call }) => /"(?:bytes|exportId|made)"/u.test(shapeOf(call)))
    .map(({ name }) => name);
  expect(showing).toContain('documents.exportRegister');
  expect(showing.filter((name) => accessBy(name, given) === null && !withoutLine.has(name))).toEqual([]);
  for (const name of withoutLine.keys()) expect(showing).toContain(name);
});

/** The names of everything an answer holds. */
function shapeOf(call: unknown): string {
  const seen = new Set<unknown>();
  return JSON.stringify(call, (key, value: unknown) => {
    if (typeof value === 'object' && value !== null) {
      if (seen.has(value) || key === 'inputSchema') return undefined;
      seen.add(value);
    }
    return value;
  });
}
