import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  AgencyIdSchema,
  CommandIdSchema,
  PersonIdSchema,
  instantFrom,
  uuidV7From,
  type AgencyId,
  type Command,
  type PersonId,
} from '#shared/kernel/public.ts';
import { documentsProjection, keepFileText } from '#electron/features/documents/projection.ts';
import { dossiersProjection } from '#electron/features/dossiers/projection.ts';
import { meetingsProjection } from '#electron/features/meetings/projection.ts';
import { sampleOffices } from '#electron/features/sample/offices.ts';
import { soughtProjection } from '#electron/features/search/sought-projection.ts';
import { proofsProjection } from '#electron/features/signing/proofs/projection.ts';
import { workflowProjection } from '#electron/features/workflow/projection.ts';
import { openDesk, type Desk } from '#electron/store/desk.ts';
import { holidays } from '#electron/store/holidays.ts';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/index.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { readSources, seeded, type Source } from './corpus-words.ts';

export type LargeOffice = Readonly<{
  desk: Desk;
  path: string;
  people: Readonly<Record<'clerk' | 'leader' | 'officer' | 'administrator', PersonId>> &
    Readonly<{ officers: readonly PersonId[] }>;
  distinctWords: number;
}>;

const batch = 400;
const wordsInFile = 120;
/** A department of a province. */
const officersInOffice = 40;

export function newId(): string {
  return uuidV7From(Date.now(), randomBytes(10));
}

export function openBenchDesk(path: string, key: Uint8Array, agencyId: AgencyId): Desk {
  const db = openEncrypted({ path, key });
  migrate(db, migrations);
  return openDesk({
    agencyId,
    db,
    projections: [
      documentsProjection,
      workflowProjection,
      proofsProjection,
      dossiersProjection,
      meetingsProjection,
      soughtProjection,
    ],
    calendar: holidays,
    now: () => instantFrom(Date.now()),
  });
}

export function commandOf(actor: PersonId, name: string, body: unknown): Command {
  const claimedAt = instantFrom(Date.now());
  return { id: CommandIdSchema.parse(newId()), name, actor, onBehalfOf: null, claimedAt, body };
}

/** A fresh encrypted office with this many documents in it. */
export function fillOffice(
  folder: string,
  documents: number,
  onProgress: (done: number) => void,
): LargeOffice {
  const path = join(folder, 'office.db');
  const desk = openBenchDesk(path, new Uint8Array(randomBytes(32)), AgencyIdSchema.parse(newId()));
  const people = peopleOf(desk);
  const distinctWords = fillDesk({ desk, people }, documents, onProgress);
  return { desk, path, people, distinctWords };
}

/** Documents made from real texts, through the same commands as the screens; says how many different words they hold. */
export function fillDesk(
  { desk, people }: Pick<LargeOffice, 'desk' | 'people'>,
  documents: number,
  onProgress: (done: number) => void,
): number {
  const sources = readSources();
  const random = seeded(1);
  const seen = new Set<string>();
  for (let from = 0; from < documents; from += batch) {
    const made = Array.from({ length: Math.min(batch, documents - from) }, (_none, index) =>
      make(from + index, { sources, random, people }),
    );
    for (const reply of desk.executeAll(made.flatMap(({ commands }) => commands))) {
      if (!reply.ok) throw new Error(`The bench office refused: ${reply.refusal.code}`);
    }
    desk.log.transaction(() => {
      for (const { hash, text } of made) {
        if (hash !== null) keepFileText(desk.db, hash, text);
        for (const word of text.split(' ')) seen.add(word.toLowerCase());
      }
    });
    onProgress(from + made.length);
  }
  desk.db.exec(
    "INSERT INTO document_fts (document_fts) VALUES ('optimize'); PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);",
  );
  return seen.size;
}

export function peopleOf(desk: Desk): LargeOffice['people'] {
  const [office] = sampleOffices;
  if (office === undefined) throw new Error('There is no sample office');
  const administrator = PersonIdSchema.parse(newId());
  const unit = newId();
  const details = (name: string, rank: string, roles: string[]) => ({
    name,
    post: name,
    rank,
    unit,
    roles,
    email: null,
  });
  const described = { name: 'Văn phòng', symbol: 'VP', parent: null, validFrom: '2025-07-01', validTo: null };
  const make = (name: string, rank: string, roles: string[]) => {
    const personId = PersonIdSchema.parse(newId());
    const reply = desk.execute(
      commandOf(administrator, 'directory.describePerson', { personId, details: details(name, rank, roles) }),
    );
    if (!reply.ok) throw new Error(reply.refusal.code);
    return personId;
  };
  desk.execute(
    commandOf(administrator, 'directory.found', {
      agency: { ...office.agency, own: true },
      unitId: unit,
      unit: described,
      administrator: details('Quản trị', 'member', ['administrator']),
    }),
  );
  const officers = Array.from({ length: officersInOffice }, (_none, place) =>
    make(`Chuyên viên ${place + 1}`, 'member', ['officer']),
  );
  return {
    administrator,
    officers,
    clerk: make('Văn thư', 'member', ['clerk']),
    leader: make('Giám đốc', 'head', ['leader']),
    officer: pick(officers, () => 0),
  };
}

type Making = Readonly<{ sources: readonly Source[]; random: () => number; people: LargeOffice['people'] }>;

/** Two in three are received and registered, one in three is a draft of our own. */
function make(index: number, { sources, random, people }: Making) {
  const source = pick(sources, random);
  const start = Math.floor(random() * Math.max(1, source.words.length - wordsInFile));
  const text = source.words.slice(start, start + wordsInFile).join(' ');
  const subject = `${source.title} ${source.words.slice(start, start + 6).join(' ')}`.slice(0, 480);
  const documentId = newId();
  if (index % 3 === 2) {
    const summary = {
      kind: 'CV',
      template: 'cong-van',
      subject,
      symbol: 'SKHCN-VP',
      urgency: 'normal',
      dueOn: null,
    };
    return {
      commands: [
        commandOf(pick(people.officers, random), 'drafting.start', { documentId, summary, repliesTo: null }),
      ],
      hash: null,
      text,
    };
  }
  const hash = createHash('sha256').update(`${index}`).digest('hex');
  const file = { hash, size: 1000, name: `${index}.pdf`, pages: 1 };
  const fields = {
    number: String(index + 1),
    symbol: source.notation.split('/').slice(1).join('/').slice(0, 60),
    issuedOn: '2026-11-02',
    issuer: source.issuer.slice(0, 200),
    kind: source.kind.slice(0, 100),
    subject,
    signer: '',
    signerPost: '',
    urgency: index % 50 === 0 ? 'urgent' : 'normal',
    dueOn: null,
    copies: 1,
    note: '',
  };
  const suggestion = { fields: {}, confidence: {}, method: 'none' };
  const check = { verdict: 'unsigned', reasons: [], signers: [], at: instantFrom(Date.now()) };
  return {
    commands: [
      commandOf(people.clerk, 'documents.receive', { documentId, file, hasScript: false, suggestion, check }),
      commandOf(people.clerk, 'documents.registerIncoming', { documentId, fields, presentTo: people.leader }),
    ],
    hash,
    text,
  };
}

function pick<Value>(values: readonly Value[], random: () => number): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('Nothing to pick from');
  return value;
}
