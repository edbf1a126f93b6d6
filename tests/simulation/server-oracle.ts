import { personAggregate } from '#shared/directory/public.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import {
  ref,
  type Act,
  type Aggregate,
  type DeviceId,
  type DocumentId,
  type LogEntry,
} from '#shared/kernel/public.ts';
import type { AgencyLog } from '#shared/node/agency-log/public.ts';
import {
  deviceAggregate,
  filesIn,
  scopesOfAggregate,
  scopesOfPerson,
  type FileName,
} from '#shared/sync/public.ts';
import type { Serving } from '#server/log/serving.ts';
import type { Setting } from './setting.ts';

type Reading = ReturnType<typeof readingOf>;

/** The states of a log, and who is at a device, by another way than the server's own answers go. */
function readingOf(log: AgencyLog) {
  const stateOf = <State, KindAct extends Act>(
    aggregate: Aggregate<State, KindAct>,
    id: string,
  ): State | null => (log.state(ref(aggregate.kind, id))?.state ?? null) as State | null;
  return {
    stateOf,
    personAt: (id: DeviceId) => {
      const device = stateOf(deviceAggregate, id);
      if (device === null || device.revokedBecause !== null) return null;
      return stateOf(personAggregate, device.person);
    },
  };
}

function readsPaper({ stateOf, personAt }: Reading, device: DeviceId, document: DocumentId): boolean {
  const person = personAt(device);
  if (person?.active !== true) return false;
  const theirs = scopesOfPerson(person);
  return scopesOfAggregate(ref('document', document), stateOf).some((scope) => theirs.includes(scope));
}

/** What had to be at the server before it decided; of a desk's command that stays refused no file is needed. */
export function filesNeededFor({ sent, refusal, command }: LogEntry): readonly FileName[] {
  return sent === undefined || refusal?.code === 'sync.refused-before' ? [] : filesIn(command.body);
}

/** Watches that a file goes to nobody but a reader of a paper that names it. */
export function whoIsGiven(
  { fault }: Setting,
  log: () => AgencyLog,
  serving: Serving,
): Pick<Serving, 'whyNotBelieve' | 'mayHaveFile'> {
  return {
    whyNotBelieve: serving.whyNotBelieve,
    mayHaveFile: async (device, document, hash) => {
      const isGiven = await serving.mayHaveFile(device, document, hash);
      const reading = readingOf(log());
      const isNamed = filesIn(reading.stateOf(documentAggregate, document)).some(
        (file) => file.hash === hash,
      );
      const mayHave = isNamed && readsPaper(reading, device, document);
      if (isGiven && !mayHave) fault('a file was given to somebody who may not read its paper');
      return isGiven;
    },
  };
}

/** Watches that words go to and come from the writers of a draft alone, and from its drafter alone once it is submitted. */
export function whoWrites(
  { fault }: Setting,
  log: () => AgencyLog,
  serving: Serving,
): Pick<Serving, 'writerAt' | 'exchangeWords'> {
  let asker: Readonly<{ isDrafter: boolean; isOpen: boolean }> | null = null;
  return {
    writerAt: async (device, document) => {
      const writer = await serving.writerAt(device, document);
      if (writer === null) return null;
      const { stateOf, personAt } = readingOf(log());
      const paper = stateOf(documentAggregate, document);
      const person = personAt(device);
      if (paper?.direction !== 'outgoing' || person === null) fault('words of no draft were given');
      else {
        const isDrafter = paper.drafter === person.id;
        if (!isDrafter && paper.coWriters?.includes(person.id) !== true) {
          fault('words of a draft were given to somebody who does not write it');
        }
        asker = { isDrafter, isOpen: paper.state === 'draft' };
      }
      return writer;
    },
    exchangeWords: async (document, asked) => {
      const mine = asker;
      const answered = await serving.exchangeWords(document, asked);
      if (answered.isNew && mine !== null && !mine.isDrafter && !mine.isOpen) {
        fault('words joined a draft that had been submitted without them');
      }
      return answered;
    },
  };
}
