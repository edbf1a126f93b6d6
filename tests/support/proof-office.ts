import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actAs, mustHappen, type Actor } from '#electron/features/sample/act-as.ts';
import { openDeskFolder, writeDeskFile, type OpenDesk } from '#electron/features/session/open-desk.ts';
import { writeKeyFile } from '#electron/features/signing/key-files.ts';
import { sealFile, signFile } from '#electron/features/signing/sign-document.ts';
import type { Clock } from '#electron/platform/clock.ts';
import { readState } from '#electron/store/read-state.ts';
import type { Person, ProofPolicy } from '#shared/directory/public.ts';
import { asOutgoing, documentAggregate, type Outgoing } from '#shared/documents/public.ts';
import {
  CommandIdSchema,
  DocumentIdSchema,
  HashSchema,
  dayOf,
  instantFrom,
  type DocumentId,
  type Instant,
} from '#shared/kernel/public.ts';
import { openPkcs12, type IssuedCertificate } from '#shared/node/pdf-signing/public.ts';
import { aPerson, aStep, aSummary, aUnit, anAgency, hashOf, idNumber, ids, theHead } from './builders.ts';
import { fieldedPdf } from './fielded-pdf.ts';
import type { OfficePki } from './pki/office-pki.ts';

const pin = '246810';

/** An office on the real store whose leader and seal sign with certificates of the tests' own infrastructure. */
export type ProofOffice = Readonly<{
  open: () => OpenDesk;
  now: () => Instant;
  setNow: (at: string) => void;
  as: (who: 'administrator' | 'clerk' | 'leader') => Actor;
  arrange: (proof: ProofPolicy | null) => void;
  /** A document of ours from its first draft to its seal. */
  sealed: () => Promise<DocumentId>;
  outgoing: (id: DocumentId) => Outgoing;
  bytes: (file: Readonly<{ hash: string; size: number }>) => Promise<Uint8Array>;
  describe: (by: 'administrator' | 'clerk', who: 'administrator' | 'clerk', change: Partial<Person>) => void;
  /** A byte of a kept file turns on the disk. */
  spoil: (hash: string) => void;
  /** The machine goes down, and the office is opened again. */
  reopen: () => void;
  remove: () => void;
}>;

export function proofOffice(pki: Pick<OfficePki, 'root' | 'leader' | 'seal'>, at: Instant): ProofOffice {
  const home = mkdtempSync(join(tmpdir(), 'Ấn Tín chứng minh '));
  const agency = anAgency();
  const unit = aUnit();
  const people = {
    administrator: aPerson({ roles: ['administrator'] }),
    clerk: aPerson({ roles: ['clerk'] }),
    leader: theHead(),
  };
  let nowMs = Date.parse(at);
  let made = 0;
  const clock: Clock = {
    now: () => instantFrom((nowMs += 1000)),
    newId: () => idNumber(5_000_000 + (made += 1)),
  };
  const dataKey = randomBytes(32);
  const folder = writeDeskFile(home, { agencyId: agency.id, agencyName: agency.name, sample: true });
  let open = openDeskFolder(folder, agency.id, { dataKey, clock });
  const as = (who: keyof typeof people): Actor => actAs(open, people[who].id, clock);
  foundOffice({ open, clock, agency, unit, people });
  certify({ open, as, pki, people, agencyId: agency.id });

  return {
    open: () => open,
    now: clock.now,
    setNow: (text) => {
      nowMs = Date.parse(text);
    },
    as,
    arrange: (proof) => as('administrator').must('directory.arrangeProof', { proof }),
    sealed: () => sealOne({ as, clock, leader: people.leader }),
    outgoing: (id) => asOutgoing(readState(open.desk.db, documentAggregate, id)),
    bytes: ({ hash, size }) => open.blobs.read(HashSchema.parse(hash), 0, size),
    describe: (by, who, change) => {
      const { id, ...person } = { ...people[who], ...change };
      as(by).must('directory.describePerson', { personId: id, details: detailsOf({ id, ...person }) });
    },
    spoil: (hash) => {
      const path = open.blobs.pathOf(HashSchema.parse(hash));
      const bytes = readFileSync(path);
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
    reopen: () => {
      open.close();
      open = openDeskFolder(folder, agency.id, { dataKey, clock });
    },
    remove: () => {
      open.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

type Founding = Readonly<{
  open: OpenDesk;
  clock: Clock;
  agency: ReturnType<typeof anAgency>;
  unit: ReturnType<typeof aUnit>;
  people: Readonly<Record<'administrator' | 'clerk' | 'leader', Person>>;
}>;

function foundOffice({ open, clock, agency, unit, people }: Founding): void {
  const { name, superior, place, symbol, level, own, codes, books, collective, contact } = agency;
  const { id: unitId, ...unitDetails } = unit;
  const command = (commandName: string, body: unknown) => ({
    id: CommandIdSchema.parse(clock.newId()),
    name: commandName,
    actor: people.administrator.id,
    onBehalfOf: null,
    claimedAt: clock.now(),
    body,
  });
  const commands = [
    command('directory.found', {
      agency: { name, superior, place, symbol, level, own, codes, books, collective, contact },
      unitId,
      unit: unitDetails,
      administrator: detailsOf(people.administrator),
    }),
    ...[people.clerk, people.leader].map((person) =>
      command('directory.describePerson', { personId: person.id, details: detailsOf(person) }),
    ),
  ];
  for (const reply of open.desk.executeAll(commands)) mustHappen(reply);
}

function detailsOf({ id: _id, certificate: _certificate, active: _active, ...details }: Person) {
  return details;
}

type Certifying = Pick<ProofOffice, 'as'> &
  Pick<Founding, 'people'> &
  Readonly<{ open: OpenDesk; pki: Parameters<typeof proofOffice>[0]; agencyId: string }>;

function certify({ open, as, pki, people, agencyId }: Certifying): void {
  const keep = (issued: IssuedCertificate, use: 'person' | 'seal', owner: string): string => {
    const p12 = issued.p12(pin);
    writeKeyFile(open.desk, { owner, use, p12, key: openPkcs12(p12, pin) });
    return Buffer.from(issued.certificateDer).toString('base64');
  };
  const sealCertificate = keep(pki.seal, 'seal', 'agency');
  const rootCertificate = Buffer.from(pki.root.certificateDer).toString('base64');
  as('administrator').must('directory.certifyAgency', { agencyId, rootCertificate, sealCertificate });
  const certificate = keep(pki.leader, 'person', people.leader.id);
  as('administrator').must('directory.certifyPerson', { personId: people.leader.id, certificate });
}

type Sealing = Pick<ProofOffice, 'as'> & Readonly<{ clock: Clock; leader: Person }>;

async function sealOne({ as, clock, leader }: Sealing): Promise<DocumentId> {
  const documentId = DocumentIdSchema.parse(clock.newId());
  const clerk = as('clerk');
  const summary = aSummary();
  const step = aStep({ id: ids.step(), kind: 'sign', person: leader.id });
  const { id, kind, person, authority, delegation } = step;
  const kept = await clerk.open.blobs.put(fieldedPdf());
  const file = { hash: kept.hash, size: kept.size, name: 'du-thao.pdf', pages: 1 };
  clerk.must('drafting.start', { documentId, summary, repliesTo: null });
  clerk.must('workflow.submit', {
    documentId,
    summary,
    file,
    content: hashOf(99),
    steps: [{ id, kind, person, authority, delegation }],
  });
  const commandId = () => CommandIdSchema.parse(clock.newId());
  mustHappen((await signFile(as('leader'), { commandId: commandId(), documentId, stepId: id, pin })).reply);
  clerk.must('documents.number', { documentId, book: 'all', issuedOn: dayOf(clock.now()) });
  mustHappen((await sealFile(clerk, { commandId: commandId(), documentId, pin })).reply);
  return documentId;
}
