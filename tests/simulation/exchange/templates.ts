import { createHash } from 'node:crypto';
import { agencyAggregate } from '#shared/directory/public.ts';
import type { Outgoing } from '#shared/documents/public.ts';
import { pairCode, usualCard, type Member, type PeerDetails } from '#shared/exchange/public.ts';
import {
  AgencyIdSchema,
  CommandIdSchema,
  PersonIdSchema,
  instantFrom,
  ref,
  type AgencyId,
  type Command,
  type DocumentId,
  type Hash,
  type Instant,
} from '#shared/kernel/public.ts';
import { agencyLogTables, openServer, sqliteAgencyLog } from '#shared/node/agency-log/public.ts';
import { accessTables } from '#shared/node/access-log/public.ts';
import { draftTextTables } from '#shared/node/draft-texts/public.ts';
import { fingerprintOf, gatewayTables, signAs, type ExchangeIdentity } from '#shared/node/exchange/public.ts';
import { issueAgencyCa, issueCertificate, signerKeyFrom } from '#shared/node/pdf-signing/public.ts';
import { openInMemory } from '#shared/node/sqlite/public.ts';
import { allGuards } from '#shared/sync/public.ts';
import { readPage, type PageRead } from '#server/features/exchange/read-page.ts';
import { aSummary, beginIdsAt, idNumber, ids, mondayMorning } from '../../support/builders.ts';
import { openSmallAgency, type Engine, type SmallAgency } from '../../support/small-agency.ts';
import { somePages } from '../../support/two-agencies.ts';
import { sequencerOf } from '../sequencer-of.ts';

/** A paper that is signed, numbered and sealed, and everything that goes out with it. */
export type Paper = Readonly<{ documentId: DocumentId; document: Outgoing; files: readonly Uint8Array[] }>;

/** An agency as it stands before a story: founded, knowing the others, with papers to send. */
export type AgencyTemplate = Readonly<{
  id: AgencyId;
  agency: SmallAgency<Engine>;
  identity: ExchangeIdentity;
  member: Member;
  papers: readonly Paper[];
  database: Buffer;
}>;

export type Templates = Readonly<{
  agencies: readonly AgencyTemplate[];
  /** What the shipped door reads on each page there is: read once for all stories. */
  pages: ReadonlyMap<Hash, PageRead>;
  foundedAt: Instant;
}>;

/** Two that write to each other, and one more; how many papers each has. */
const paperCounts = [5, 4, 1] as const;

export async function makeTemplates(): Promise<Templates> {
  const allPages = somePages(paperCounts.reduce((sum, count) => sum + count, 0));
  const pages = new Map<Hash, PageRead>();
  for (const bytes of allPages) pages.set(hashOf(bytes), await readPage(bytes, 'van-ban.pdf'));
  let foundedAt = mondayMorning;
  let used = 0;
  const founded = paperCounts.map((count, place) => {
    const own = allPages.slice(used, (used += count));
    const one = found(place, own);
    if (one.now() > foundedAt) foundedAt = one.now();
    return one;
  });
  const members: Member[] = [];
  for (const { id, identity, details } of founded) {
    members.push({ id, details, signature: await signAs(identity, 'member', { id, details }) });
  }
  const agencies = founded.map((one, place): AgencyTemplate => {
    const member = members[place];
    if (member === undefined) throw new Error('Nobody is there');
    for (const met of [member, ...members.filter((other) => other !== member)]) one.befriend(met);
    const { id, agency, identity, papers } = one;
    return { id, agency, identity, member, papers, database: one.serialize() };
  });
  return { agencies, pages, foundedAt };
}

function found(place: number, pages: readonly Uint8Array[]) {
  beginIdsAt(11_000_000 + place * 1_000_000);
  const db = openInMemory();
  db.exec(agencyLogTables + draftTextTables + gatewayTables + accessTables);
  const log = sqliteAgencyLog(db);
  let id = AgencyIdSchema.parse(idNumber(1));
  let now: () => Instant = () => mondayMorning;
  const agency = openSmallAgency((setting): Engine => {
    ({ agencyId: id, now } = setting);
    const server = openServer({
      agencyId: id,
      certificates: false,
      sequencer: { ...sequencerOf(id, now), log },
      guards: allGuards,
      missingFiles: () => [],
    });
    return { log, decide: (command: Command) => void server.decide(command) };
  });
  const identity = identityOf(`Cơ quan ${place + 1}`);
  const details: PeerDetails = {
    name: `Cơ quan ${place + 1}`,
    codes: [],
    authority: base64(identity.authority),
    fingerprint: identity.fingerprint,
    sealing: base64(identity.sealing.certificate),
    card: usualCard,
  };
  const { administrator } = agency.staff;
  const own = agency.state(agencyAggregate, id);
  const papers = pages.map((bytes, n) => sealedPaper({ agency, log }, bytes, n));
  let met = 0;
  return {
    id,
    agency,
    identity,
    // As the gateway will describe it, so that nothing has changed when it first does.
    details: { ...details, name: own?.name ?? details.name, codes: [...(own?.codes ?? [])] },
    papers,
    now: () => now(),
    befriend: (member: Member) => {
      const command: Command = {
        id: CommandIdSchema.parse(idNumber(900_000 + (met += 1))),
        name: 'exchange.meetPeer',
        actor: PersonIdSchema.parse(id),
        onBehalfOf: null,
        claimedAt: now(),
        body: { peerId: member.id, details: member.details },
      };
      agency.engine.decide(command);
      if (member.id === id) return;
      const code = pairCode(identity.fingerprint, member.details.fingerprint);
      const entry = agency.send(administrator.id, 'exchange.confirmPeer', { peerId: member.id, code });
      if (entry.refusal !== null) throw new Error(`Not confirmed: ${entry.refusal.code}`);
    },
    serialize: () => db.serialize(),
  };
}

type At = Readonly<{ agency: SmallAgency<Engine>; log: Pick<Engine['log'], 'state'> }>;

function sealedPaper({ agency, log }: At, bytes: Uint8Array, n: number): Paper {
  const { officer, head, clerk } = agency.staff;
  const documentId = ids.document();
  const stored = (content: Uint8Array, name: string, pages: number) => ({
    hash: hashOf(content),
    size: content.length,
    name,
    pages,
  });
  const file = stored(bytes, `van-ban-${n + 1}.pdf`, 1);
  const attachments = Array.from({ length: n % 3 }, (_none, place) =>
    Buffer.from(`Phụ lục ${place + 1} của ${documentId}\n`.repeat(9)),
  );
  const step = { id: ids.step(), kind: 'sign', person: head.id, authority: null, delegation: null };
  const summary = aSummary({ subject: `về việc số ${n + 1}` });
  const act = (by: typeof head, name: string, body: unknown) => {
    const { refusal } = agency.send(by.id, name, body);
    if (refusal !== null) throw new Error(`${name}: ${refusal.code}`);
  };
  act(officer, 'drafting.start', { documentId, summary, repliesTo: null });
  for (const [place, content] of attachments.entries()) {
    act(officer, 'drafting.addAttachment', {
      documentId,
      file: stored(content, `phu-luc-${place + 1}.txt`, 0),
    });
  }
  act(officer, 'workflow.submit', { documentId, summary, file, content: file.hash, steps: [step] });
  const signed = { documentId, stepId: step.id, file, signedOver: file.hash, delegation: null };
  act(head, 'workflow.signStep', signed);
  act(clerk, 'documents.number', { documentId, book: 'all', issuedOn: agency.dayAfter(1) });
  act(clerk, 'documents.seal', { documentId, file, attachments: [] });
  const document = log.state(ref('document', documentId))?.state as Outgoing;
  return { documentId, document, files: [bytes, ...attachments] };
}

/** Real keys, of the least size that is believed: made once for all stories. */
function identityOf(name: string): ExchangeIdentity {
  // Long before: a clock that is days behind still finds them valid.
  const validFrom = instantFrom(Date.parse(mondayMorning) - 90 * 86_400_000);
  const ca = issueAgencyCa({ agencyName: name, validFrom, years: 10, keyType: 'p-256' });
  const common = { ca, organisation: name, validFrom, years: 10 };
  const signing = issueCertificate({
    ...common,
    commonName: `${name} – ký`,
    role: 'seal',
    keyType: 'p-256',
  });
  const sealing = issueCertificate({
    ...common,
    commonName: `${name} – niêm phong`,
    role: 'sealing',
    keyType: 'rsa-2048',
  });
  return {
    authority: ca.certificateDer,
    fingerprint: fingerprintOf(ca.certificateDer),
    signing: signerKeyFrom(signing.privateKey, signing.certificateDer, []),
    sealing: { certificate: sealing.certificateDer, key: sealing.privateKey },
  };
}

export function hashOf(bytes: Uint8Array): Hash {
  return createHash('sha256').update(bytes).digest('hex') as Hash;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
