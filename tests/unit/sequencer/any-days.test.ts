import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aggregates } from '#shared/commands.ts';
import { mayRead, personAggregate, readingScope } from '#shared/directory/public.ts';
import {
  copiesBook,
  documentAggregate,
  registerAggregate,
  signersOf,
  type RegisterAct,
} from '#shared/documents/public.ts';
import { dayOf, ref, yearOf, type Act, type LogEntry } from '#shared/kernel/public.ts';
import { foldActs, walkChain, type LogPort } from '#shared/node/sequencer/public.ts';
import { anyDays, play, sameDays } from '../../support/any-day.ts';
import { memoryLog } from '../../support/memory-log.ts';
import { catalogueOf } from '../../support/sentences.ts';
import { memoryEngine, openSmallAgency } from '../../support/small-agency.ts';

const many = { ...sameDays, numRuns: 120 };

/** Every act the rooms know that somebody can bring about. */
const everyAct: readonly string[] = [
  'incomingArrived',
  'secretTurnedAway',
  'incomingRefused',
  'incomingRegistered',
  'registrationCorrected',
  'directionGiven',
  'directionWithdrawn',
  'taskPassedOn',
  'handlingStarted',
  'handlingFinished',
  'replyLinked',
  'draftStarted',
  'draftDescribed',
  'attachmentAdded',
  'attachmentRemoved',
  'draftAbandoned',
  'draftSubmitted',
  'stepPassed',
  'draftReturned',
  'draftReturnedToDrafter',
  'draftWithdrawn',
  'draftSigned',
  'documentNumbered',
  'documentSealed',
  'documentIssued',
  'copyMade',
  'copyVoided',
  'documentProven',
  'numberGiven',
  'taskGiven',
  'taskAssigned',
  'taskAccepted',
  'progressReported',
  'taskFinished',
  'taskApproved',
  'taskRejected',
  'taskReturned',
  'taskPaused',
  'taskResumed',
  'taskWithdrawn',
  'documentShown',
  'documentOffered',
  'documentLeftArchive',
  'dossierGivenBack',
  'dossierWithdrawn',
  'dossierArchived',
  'dossierKeptBack',
  'dossierTransferred',
];

describe('whatever people do, in whatever order', () => {
  test('the log replayed from its first entry is the office as it stands', () => {
    fc.assert(
      fc.property(anyDays, (days) => {
        const agency = openSmallAgency(memoryEngine);
        play(agency, days);
        const { log } = agency.engine;
        const again = memoryLog();
        const entries = log.entriesAfter(0, 10_000);
        for (const { entry } of entries) foldActs(again, aggregates, entry.acts);
        for (const { on } of entries.flatMap(({ entry }) => entry.acts)) {
          expect(again.state(on)).toEqual(log.state(on));
        }
        expect(walkChain(entries)).toMatchObject({ ok: true, entries: entries.length });
      }),
      many,
    );
  });

  test('a refusal changes nothing, explains itself in both languages, and has its place in the log', () => {
    const [vietnamese, english] = [catalogueOf('vi'), catalogueOf('en')];
    fc.assert(
      fc.property(anyDays, (days) => {
        const agency = openSmallAgency(memoryEngine);
        const watched = watchStates(agency.engine.log);
        play(agency, days, ({ acts, refusal }) => {
          const touched = watched.changed();
          if (refusal === null) return;
          expect(acts).toEqual([]);
          expect(touched).toEqual([]);
          expect(vietnamese[`refusal.${refusal.code}`], refusal.code).toBeDefined();
          expect(english[`refusal.${refusal.code}`], refusal.code).toBeDefined();
        });
        expect(agency.engine.log.head().seq).toBe(agency.engine.log.entriesAfter(0, 10_000).length);
      }),
      many,
    );
  });

  test('every number of a register is given once, without a gap, and each year begins at 1', () => {
    fc.assert(
      fc.property(anyDays, (days) => {
        const agency = openSmallAgency(memoryEngine);
        play(agency, days);
        const entries = agency.engine.log.entriesAfter(0, 10_000).map(({ entry }) => entry);
        const given = entries.flatMap((entry) => numbersOf(entry).map((act) => ({ act, entry })));
        for (const id of new Set(given.map(({ act }) => act.on.id))) {
          const series = given.filter(({ act }) => act.on.id === id);
          expect(series.map(({ act }) => act.body.number)).toEqual(series.map((_, n) => n + 1));
          // A document has one number; copies of it may be many.
          const documents = new Set(series.map(({ act }) => act.body.document));
          if (!id.startsWith(copiesBook)) expect(documents.size).toBe(series.length);
          expect(agency.state(registerAggregate, id)?.last).toBe(series.length);
        }
        for (const { act, entry } of given) expect(act.body.year).toBe(yearOf(dayOf(entry.recordedAt)));
      }),
      many,
    );
  });

  test('a paper counts as signed, and has a number, only when every one of its leaders has signed', () => {
    let joint = 0;
    fc.assert(
      fc.property(anyDays, (days) => {
        const agency = openSmallAgency(memoryEngine);
        play(agency, days, ({ acts }) => {
          for (const { id } of acts.map(({ on }) => on).filter(({ kind }) => kind === 'document')) {
            const document = agency.state(documentAggregate, id);
            if (document?.direction !== 'outgoing' || document.circuit.length === 0) continue;
            const isOver = ['signed', 'numbered', 'sealed', 'issued'].includes(document.state);
            const signers = signersOf(document.circuit);
            expect(
              document.state === 'draft' || isOver === signers.every(({ outcome }) => outcome === 'passed'),
            ).toBe(true);
            expect(document.number === null || isOver).toBe(true);
            if (isOver && signers.length > 1) joint += 1;
          }
        });
      }),
      many,
    );
    expect(joint).toBeGreaterThan(0);
  });

  test('nobody acts on a paper they may not read', () => {
    fc.assert(
      fc.property(anyDays, (days) => {
        const agency = openSmallAgency(memoryEngine);
        play(agency, days, ({ acts, command }) => {
          // The office adds proof by itself, in the name of whoever arranged it; nobody reads for that.
          if (command.name === 'documents.prove') return;
          for (const { on, type } of acts.filter((act) => act.on.kind === 'document')) {
            const actor = agency.state(personAggregate, command.actor);
            const after = agency.state(documentAggregate, on.id);
            // Whoever gives a file back to its maker read it until then.
            const wasThere = type === 'documentLeftArchive' ? { inArchive: after?.dossiers } : {};
            const document = after === null ? null : { ...after, ...wasThere };
            const isReader = actor !== null && document !== null && mayRead(readingScope(actor), document);
            expect(isReader, `${command.name} by ${actor?.roles.join()}`).toBe(true);
          }
        });
      }),
      many,
    );
  });

  test('whoever holds a paper is here and may read it when it comes to them', () => {
    fc.assert(
      fc.property(anyDays, (days) => {
        const agency = openSmallAgency(memoryEngine);
        play(agency, days, ({ acts }) => {
          for (const { id } of acts.map(({ on }) => on).filter(({ kind }) => kind === 'document')) {
            const document = agency.state(documentAggregate, id);
            if (document?.holder?.kind !== 'person') continue;
            const holder = agency.state(personAggregate, document.holder.id);
            if (holder === null || !holder.active) continue;
            expect(mayRead(readingScope(holder), document)).toBe(true);
          }
        });
      }),
      many,
    );
  });

  test('and every act there is comes about in those days', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyDays, (days) => {
        play(openSmallAgency(memoryEngine), days, ({ acts }) => {
          for (const { type } of acts) seen.add(type);
        });
      }),
      { ...many, numRuns: 2 * many.numRuns }, // the rarest come about only now and then
    );
    expect(everyAct.filter((type) => !seen.has(type))).toEqual([]);
  });
});

type NumberGiven = Extract<RegisterAct, { type: 'numberGiven' }>;

function numbersOf({ acts }: LogEntry): readonly NumberGiven[] {
  // Only a register's own acts carry this type.
  return acts.filter((act: Act): act is NumberGiven => act.type === 'numberGiven');
}

/** What was kept since it was last asked. */
function watchStates(log: LogPort) {
  let seq = log.head().seq;
  const versions = new Map<string, number>();
  const known = new Map<string, Act['on']>();
  for (const { entry } of log.entriesAfter(0, 10_000)) {
    for (const { on } of entry.acts) known.set(`${on.kind}:${on.id}`, on);
  }
  for (const [key, on] of known) versions.set(key, log.state(on)?.version ?? 0);
  return {
    changed: () => {
      for (const { entry } of log.entriesAfter(seq, 10_000)) {
        for (const { on } of entry.acts) known.set(`${on.kind}:${on.id}`, on);
      }
      seq = log.head().seq;
      return [...known].flatMap(([key, on]) => {
        const version = log.state(ref(on.kind, on.id))?.version ?? 0;
        if (versions.get(key) === version) return [];
        versions.set(key, version);
        return [key];
      });
    },
  };
}
