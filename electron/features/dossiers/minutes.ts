import { agencyAggregate, personAggregate, unitAggregate } from '#shared/directory/public.ts';
import { attachmentsToSend, documentAggregate, type StoredFile } from '#shared/documents/public.ts';
import { dossierAggregate, sideToSign, sides, type Dossier, type HandOver } from '#shared/dossiers/public.ts';
import {
  AppError,
  dayOf,
  writtenDay,
  type CommandId,
  type Day,
  type HandOverId,
  type PersonId,
} from '#shared/kernel/public.ts';
import { dateLine, minutesPdf, type MinutesPrint } from '#shared/node/typesetting/public.ts';
import type { Signed } from '../../host/context.ts';
import { ask } from '../../host/run-command.ts';
import { wordsOf } from '../../platform/words.ts';
import { readState } from '../../store/read-state.ts';
import { signPage } from '../signing/public.ts';
import { filesTable } from './contents-files.ts';
import { readableHandOver } from './hand-over-pages.ts';

type Reading = Pick<Signed, 'open' | 'scope'>;

/** The fields of the page, one for each side: whoever comes first leaves the other's open. */
const fieldOf = { giver: 'leader', receiver: 'leader-2' } as const;

type Asked = Readonly<{ commandId: CommandId; handOverId: HandOverId; pin: string; key: string | null }>;

/** One side's signature on the minutes, over the other's where that was first; then the command that says so. */
export async function signMinutes(signed: Signed, { commandId, handOverId, ...key }: Asked) {
  const handOver = readableHandOver(signed, handOverId);
  const side = sideToSign(handOver, signed.person.id);
  if (side === null) throw new AppError('handOvers.nothing-to-sign');
  const before = await minutesOf(signed, handOver);
  const pdf = await signPage(signed, { pdf: before.pdf, field: fieldOf[side], ...key });
  const { hash, size } = await signed.open.blobs.put(pdf);
  const file: StoredFile = { hash, size, name: nameOf(handOver), pages: before.pages };
  const body = { handOverId, file, signedOver: handOver.minutes?.file.hash ?? null };
  return { reply: await ask(signed, 'handOvers.signMinutes', { commandId, body }) };
}

/** The minutes as they are signed by now, to be kept or printed. */
export async function printMinutes(signed: Signed, handOverId: HandOverId) {
  const handOver = readableHandOver(signed, handOverId);
  if (handOver.accepted === null) throw new AppError('handOvers.not-accepted');
  return signed.exports.keep(nameOf(handOver), (await minutesOf(signed, handOver)).pdf);
}

function nameOf({ accepted, at }: HandOver): string {
  const day = writtenDay(dayOf(accepted?.at ?? at)).replaceAll('/', '-');
  return `${wordsOf('vi')('handOvers.minutes.file', { day })}.pdf`;
}

async function minutesOf(reading: Reading, handOver: HandOver) {
  const { open } = reading;
  if (handOver.minutes === undefined) return minutesPdf(minutesPrint(reading, handOver));
  const { hash, size, pages } = handOver.minutes.file;
  open.shared?.mustBeHere(hash);
  return { pdf: await open.blobs.read(hash, 0, size), pages };
}

/** Biên bản giao nhận hồ sơ, tài liệu, with the mục lục nộp lưu behind it (NĐ 30 PL5). */
function minutesPrint(reading: Reading, handOver: HandOver): MinutesPrint {
  const words = wordsOf('vi');
  const { db, agencyId } = reading.open.desk;
  const agency = readState(db, agencyAggregate, agencyId);
  const { accepted, from } = handOver;
  if (accepted === null) throw new AppError('handOvers.not-accepted');
  const taken = takenIn(reading, handOver);
  const on = dayOf(accepted.at);
  const people = { giver: from, receiver: accepted.by };
  const counts = countsOf(reading, taken);
  const line = (key: string, params = {}) => words(`handOvers.minutes.${key}`, params);
  return {
    title: line('title'),
    subtitle: line('subtitle'),
    agency: agency?.name ?? '',
    superior: agency?.superior ?? null,
    dateLine: `${agency?.place ?? ''}, ${dateLine(on)}`,
    sections: [
      [line('giver'), [partyOf(reading, people.giver)]],
      [line('receiver'), [partyOf(reading, people.receiver)]],
      [line('agreed'), []],
      [line('what'), taken.map(({ code, title }) => `${code}: ${title}`).slice(0, mostNamed)],
      [line('period'), [periodOf(taken)]],
      [
        line('amount'),
        // NĐ 30 PL5: of files in electronic form, how many files there are, and how many computer files.
        [line('amount.dossiers', { count: taken.length }), line('amount.files', counts)],
      ],
      [line('state'), [line('state.checked')]],
      [line('list'), [line('list.behind')]],
      [line('copies'), []],
    ],
    signers: sides.map((side) => ({
      side: line(`signer.${side}`),
      name: readState(db, personAggregate, people[side])?.name ?? '',
      field: fieldOf[side],
    })),
    list: filesTable(reading.open.desk.db, taken, line('list.title')),
    frozenAt: accepted.at,
  };
}

/** The first of them stand by name on the minutes; all of them stand in the list behind. */
const mostNamed = 10;

function takenIn({ open }: Reading, { files }: HandOver): Dossier[] {
  return files
    .filter(({ givenBack }) => givenBack === null)
    .flatMap(({ dossier }) => readState(open.desk.db, dossierAggregate, dossier) ?? []);
}

function partyOf({ open: { desk } }: Reading, id: PersonId): string {
  const person = readState(desk.db, personAggregate, id);
  const unit = person === null ? null : readState(desk.db, unitAggregate, person.unit);
  return [person?.name, person?.post, unit?.name].filter((part) => part !== undefined).join(', ');
}

function periodOf(files: readonly Dossier[]): string {
  const days = files.flatMap(({ startedOn, endedOn }) => [startedOn, endedOn ?? startedOn]).toSorted();
  const shown = (day: Day | undefined) => (day === undefined ? '' : writtenDay(day));
  return `${shown(days.at(0))} – ${shown(days.at(-1))}`;
}

/** Papers, and the computer files that they are. */
function countsOf({ open: { desk } }: Reading, files: readonly Dossier[]) {
  const { db } = desk;
  const held = files.flatMap((file) => [
    file,
    ...file.parts.flatMap((part) => readState(db, dossierAggregate, part) ?? []),
  ]);
  const ids = new Set(held.flatMap(({ items }) => items.map(({ document }) => document)));
  let count = 0;
  for (const id of ids) {
    const paper = readState(db, documentAggregate, id);
    if (paper === null) continue;
    const beside = paper.direction === 'outgoing' ? attachmentsToSend(paper) : (paper.attachments ?? []);
    count += (paper.file === null ? 0 : 1) + beside.length;
  }
  return { papers: ids.size, count };
}
