import type { DocumentAct } from '#shared/documents/public.ts';
import { writtenMoment, type ChainedEntry } from '#shared/kernel/public.ts';
import type { OtherFile } from '#shared/node/packages/public.ts';
import { csvOf } from '#shared/node/tables/public.ts';
import type { TaskAct } from '#shared/workflow/public.ts';
import { wordsOf } from '../../platform/words.ts';
import type { Names } from '../documents/public.ts';
import { madeBytes } from './package-files.ts';

const words = wordsOf('vi');
const columns = ['paper', 'at', 'by', 'as', 'words'] as const;

/** A row of what was said: which paper, when, by whom, as what, in which words. */
export type Said = readonly string[];

type Paper = Readonly<{ docId: string; decided: readonly ChainedEntry[]; names: Names }>;

/** What people wrote on a paper while it went round: opinions and visas, what was given back, directions, reports. */
export function saidOn({ docId, decided, names }: Paper): Said[] {
  const steps = new Map<string, string>();
  return decided.flatMap(({ entry: { acts, command, recordedAt } }) =>
    acts.flatMap((one) => {
      // Decided by those very aggregates and written by the sequencer.
      const act = one as DocumentAct | TaskAct;
      if (act.type === 'draftSubmitted') for (const { id, kind } of act.body.steps) steps.set(id, kind);
      const said = opinionIn(act, steps);
      if (said === null) return [];
      return [[docId, writtenMoment(recordedAt), names.person(command.actor), words(said.as), said.words]];
    }),
  );
}

type Opinion = Readonly<{ as: string; words: string }>;

/** Null for an act nobody says anything by. */
function opinionIn(act: DocumentAct | TaskAct, steps: ReadonlyMap<string, string>): Opinion | null {
  switch (act.type) {
    case 'stepPassed':
      return { as: `step.${steps.get(act.body.step) ?? 'visa'}`, words: act.body.words };
    case 'draftReturned':
    case 'draftReturnedToDrafter':
    case 'signedSentBack':
    case 'taskRejected':
      return { as: 'package.opinion.returned', words: act.body.reason };
    case 'directionGiven':
      return { as: 'package.opinion.directed', words: act.body.words };
    case 'taskFinished':
      return { as: 'package.opinion.reported', words: act.body.words };
    default:
      return null;
  }
}

/** All of it as one table (NĐ 30 PL6 I.5); none where nobody said anything. */
export function opinionsFile(said: readonly Said[]): OtherFile[] {
  if (said.length === 0) return [];
  const table = csvOf(
    columns.map((column) => words(`package.opinion.column.${column}`)),
    said,
  );
  return [{ role: 'opinion', ...madeBytes(words('package.file.opinions'), 'text/csv', () => table) }];
}
