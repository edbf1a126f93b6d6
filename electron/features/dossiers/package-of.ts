import { setImmediate as nextTurn } from 'node:timers/promises';
import { agencyAggregate, mayRead, type Agency } from '#shared/directory/public.ts';
import { documentAggregate, type OfficialDocument } from '#shared/documents/public.ts';
import {
  dossierAggregate,
  handOverAggregate,
  whyNotPack,
  type Dossier,
  type DossierPackage,
} from '#shared/dossiers/public.ts';
import { codeOn } from '#shared/exchange/public.ts';
import { AppError, type ChainedEntry, type DossierId } from '#shared/kernel/public.ts';
import type { OtherFile, Package, PackageDocument } from '#shared/node/packages/public.ts';
import type { Signed } from '../../host/context.ts';
import { softwareOf } from '../../platform/software.ts';
import { wordsOf } from '../../platform/words.ts';
import { readState } from '../../store/read-state.ts';
import { decisionsOn, namesIn, type Names } from '../documents/public.ts';
import { certificateIn } from './closing-certificate.ts';
import { contentsPage } from './contents-files.ts';
import { decisionsOnDossiers } from './dossier-decisions.ts';
import { documentFields, dossierFields, type Coded } from './package-fields.ts';
import {
  documentFiles,
  draftFiles,
  linesOf,
  madeBytes,
  mailFiles,
  receiptFiles,
  storedBytes,
} from './package-files.ts';
import { opinionsFile, saidOn, type Said } from './package-opinions.ts';
import { filesToJudge, judgedAt, proofsOf, type Judged, type Proofs } from './package-proofs.ts';

export type Packer = Pick<Signed, 'open' | 'scope' | 'person' | 'clock' | 'today'>;
export type PackageAsked = Readonly<{ dossierId: DossierId; kind: DossierPackage }>;

/** So many papers are put down before others have their turn. */
const atOnce = 20;

/** All but the reports on signatures, which are made with the package. */
export type Gathered = Package & Readonly<{ proofs: Proofs }>;

/** A closed file with all that lies in it, for those who keep it and may read every paper of it. */
export async function packageOf(packer: Packer, { dossierId, kind }: PackageAsked): Promise<Gathered> {
  const { db, agencyId, log } = packer.open.desk;
  const whole = closedDossier(packer, dossierId);
  const agency = readState(db, agencyAggregate, agencyId);
  if (agency === null) throw new Error('A desk has its agency');
  const agencyCode = codeOn(agency, packer.today, 'qd20');
  // TT 05/2025/TT-BNV: the code of a dossier begins with its agency's.
  if (agencyCode === null) throw new AppError('dossiers.no-agency-code');
  const fonds = agencyCode.replaceAll(/[^A-Za-z0-9]+/gu, '-');
  const held = [whole, ...whole.parts.flatMap((part) => readState(db, dossierAggregate, part) ?? [])];
  const upTo = log.head().seq;
  const gathered = await gather(packer, { held, agency, upTo, codedFor: codesOf(agencyCode, fonds, kind) });
  const [own, ...parts] = gathered.dossiers;
  const createdAt = packer.open.desk.now();
  const decided = await decisionsOnDossiers(
    db,
    held.map(({ id }) => id),
    upTo,
  );
  const contents: OtherFile[] = [];
  for (const one of held) contents.push(await contentsIn(packer, one), ...certificateIn(packer, one));
  return {
    kind,
    id: packer.clock.newId(),
    createdAt,
    agency: { name: agency.name, code: agencyCode, fonds },
    archive: null,
    dossier: own ?? null,
    parts,
    // TT 05/2025/TT-BNV, Phụ lục I: only an AIP says how it came about.
    events: kind === 'AIP_hoso' ? [{ ...madeEvent(whole.code), at: createdAt }] : [],
    documents: gathered.documents,
    others: [
      ...contents,
      ...minutesIn(packer, whole),
      ...gathered.mails,
      ...opinionsFile(gathered.said),
      ...gathered.beside,
      {
        role: 'log',
        ...madeBytes(wordsOf('vi')('package.file.dossier-log'), 'application/jsonl', () => linesOf(decided)),
      },
    ],
    proofs: proofsOf(packer, gathered.judged),
  };
}

/** NĐ 30 Đ29: a file has its mục lục văn bản in it, and so has each of its parts. */
async function contentsIn(packer: Packer, dossier: Dossier): Promise<OtherFile> {
  const page = await contentsPage(packer, dossier);
  const name = wordsOf('vi')('package.file.contents', { code: dossier.code });
  return { role: 'list', ...madeBytes(name, 'application/pdf', () => page) };
}

/** The minutes of the hand-over that the file came in, as far as they are signed. */
function minutesIn(packer: Packer, { handing }: Dossier): OtherFile[] {
  const { db } = packer.open.desk;
  const handOver = handing === undefined ? null : readState(db, handOverAggregate, handing.handOver);
  if (handOver?.minutes === undefined || !mayRead(packer.scope, handOver)) return [];
  return [{ role: 'minutes', ...storedBytes(packer, handOver.minutes.file) }];
}

function madeEvent(code: string) {
  const { name } = softwareOf();
  return {
    type: 'information package creation' as const,
    by: name,
    detail: wordsOf('vi')('package.event.made', { code }),
  };
}

function closedDossier({ open, scope, person }: Packer, id: DossierId): Dossier {
  const dossier = readState(open.desk.db, dossierAggregate, id);
  if (dossier === null || !mayRead(scope, dossier)) throw new AppError('dossiers.unknown');
  const not = whyNotPack(dossier, person);
  if (not !== null) throw new AppError(not.code, not.params);
  return dossier;
}

/** NĐ 30 PL6 II, FileCode: agency, year, symbol. */
function codesOf(agencyCode: string, fonds: string, kind: DossierPackage): (dossier: Dossier) => Coded {
  return ({ year, code: symbol }) => {
    const code = `${agencyCode}.${year}.${symbol}`;
    return { code, arcFileCode: kind === 'AIP_hoso' ? `${fonds}.${code}` : code };
  };
}

type Gathering = Readonly<{
  held: readonly Dossier[];
  agency: Agency;
  upTo: number;
  codedFor: (dossier: Dossier) => Coded;
}>;

async function gather(packer: Packer, { held, agency, upTo, codedFor }: Gathering) {
  const { db } = packer.open.desk;
  const names = namesIn(db);
  const documents: PackageDocument[] = [];
  const beside: OtherFile[] = [];
  const mails: OtherFile[] = [];
  const said: Said[] = [];
  const judged: Judged[] = [];
  const own = new Map<Dossier, PackageDocument[]>();
  for (const dossier of held) {
    const inside: PackageDocument[] = [];
    own.set(dossier, inside);
    const coded = codedFor(dossier);
    for (const { n, document: id } of dossier.items) {
      if (documents.length % atOnce === atOnce - 1) await nextTurn();
      const paper = readState(db, documentAggregate, id);
      if (paper === null || !mayRead(packer.scope, paper)) {
        throw new AppError('dossiers.paper-hidden', { n, code: dossier.code });
      }
      const decided = decisionsOn(db, id, upTo);
      const autograph = writtenOn(paper, decided, names);
      const running = documents.length + 1;
      const fields = documentFields(paper, {
        dossier,
        coded,
        n,
        running,
        issuer: agency.name,
        autograph,
      });
      const made = { fields, files: documentFiles(packer, paper, upTo) };
      inside.push(made);
      documents.push(made);
      const { docId } = fields;
      mails.push(...mailFiles(packer, paper, docId));
      beside.push(...draftFiles(packer, paper, docId), ...receiptFiles(packer, paper, docId));
      said.push(...saidOn({ docId, decided, names }));
      const at = judgedAt(held[0] ?? dossier, decided, packer.open.desk.now());
      judged.push({ docId, files: filesToJudge(paper), at });
    }
  }
  const dossiers = held.map((dossier, place) =>
    // The whole counts what lies in its parts too.
    dossierFields(dossier, codedFor(dossier), place === 0 ? documents : (own.get(dossier) ?? [])),
  );
  return { documents, dossiers, beside, mails, said, judged };
}

/** Bút tích: what leaders wrote when they said who was to handle it. */
function writtenOn(paper: OfficialDocument, entries: readonly ChainedEntry[], names: Names): string {
  if (paper.direction !== 'incoming') return '';
  return entries
    .flatMap(({ entry: { acts, command } }) =>
      acts
        .filter(({ type, on }) => type === 'directionGiven' && on.id === paper.id)
        .map(({ body }) => `${names.person(command.actor)}: ${wordsIn(body)}`),
    )
    .join('\n');
}

function wordsIn(body: unknown): string {
  return typeof body === 'object' && body !== null && 'words' in body ? String(body.words) : '';
}
