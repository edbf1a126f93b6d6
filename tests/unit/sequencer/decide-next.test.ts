import { describe, expect, test } from 'vitest';
import { aggregates, commandsByName } from '#shared/commands.ts';
import { CommandIdSchema, ref, type Command, type CommandDefinition } from '#shared/kernel/public.ts';
import { decideNext, walkChain } from '#shared/node/sequencer/public.ts';
import { z } from 'zod';
import { plainCalendar } from '../../support/ask.ts';
import { aPerson, anAgency, idNumber, ids, instant, mondayMorning, ownUnit } from '../../support/builders.ts';
import { memoryLog } from '../../support/memory-log.ts';

const agency = anAgency();
const person = aPerson({ roles: ['administrator'] });
const { id: _id, certificate: _certificate, active: _active, ...details } = person;

const blind: CommandDefinition = {
  name: 'test.blind',
  body: z.object({}),
  reads: () => [],
  decide: () => [{ type: 'personLeft', on: ref('person', ids.person()), body: { reason: '' } }],
};

function sequencer() {
  const log = memoryLog();
  const clock = { now: mondayMorning };
  const commands = new Map<string, CommandDefinition>([...commandsByName, [blind.name, blind]]);
  const decide = (command: Command) =>
    decideNext(
      {
        agencyId: agency.id,
        log,
        commands,
        aggregates,
        calendar: () => plainCalendar,
        now: () => clock.now,
        whyNot: () => null,
      },
      command,
    );
  return { log, clock, decide };
}

function describing(n: number, over: Partial<Command> = {}): Command {
  return {
    id: CommandIdSchema.parse(idNumber(n)),
    name: 'directory.describeUnit',
    actor: person.id,
    onBehalfOf: null,
    claimedAt: mondayMorning,
    body: {
      unitId: ownUnit,
      details: { name: 'Văn phòng', symbol: 'VP', parent: null, validFrom: '2020-01-01', validTo: null },
    },
    ...over,
  };
}

describe('the sequencer', () => {
  test('answers a repeated command with its first decision, and writes nothing', () => {
    const { log, decide } = sequencer();
    const first = decide(describing(1));
    const again = decide(describing(1, { claimedAt: instant('2026-11-24T02:00:00.000Z') }));
    expect(again).toEqual({ chained: first.chained, isNew: false, changed: [] });
    expect(log.head().seq).toBe(1);
  });

  test.each([
    ['other content', { body: { unitId: ownUnit, details: {} } }],
    ['another actor', { actor: ids.person() }],
    ['another command', { name: 'directory.describePerson' }],
  ])('refuses an id that comes again with %s, and writes nothing', (_, over) => {
    const { log, decide } = sequencer();
    decide(describing(1));
    const { chained, isNew } = decide(describing(1, over));
    expect(chained.entry.refusal?.code).toBe('kernel.command-id-reused');
    expect([isNew, log.head().seq]).toEqual([false, 1]);
  });

  test('gives refusals their place in the chain', () => {
    const { log, decide } = sequencer();
    decide(describing(1, { name: 'directory.noSuchThing' }));
    decide(describing(2, { body: { unitId: 'not an id' } }));
    decide(describing(3));
    const entries = log.entriesAfter(0, 10);
    expect(entries.map(({ entry }) => entry.refusal?.code)).toEqual([
      'kernel.unknown-command',
      'kernel.malformed-command',
      undefined,
    ]);
    expect(walkChain(entries)).toMatchObject({ ok: true, entries: 3 });
  });

  test('never runs backwards, even when the clock of the machine does', () => {
    const { clock, decide } = sequencer();
    decide(describing(1));
    clock.now = instant('2026-11-20T02:00:00.000Z');
    expect(decide(describing(2)).chained.entry.recordedAt).toBe(mondayMorning);
    clock.now = instant('2026-11-23T02:00:00.001Z');
    expect(decide(describing(3)).chained.entry.recordedAt).toBe(clock.now);
  });

  test('takes an agency’s founding once', () => {
    const { decide } = sequencer();
    const {
      id: _agency,
      rootCertificate: _r,
      sealCertificate: _s,
      proof: _p,
      closedOn: _c,
      successor: _n,
      ...own
    } = agency;
    const body = {
      agency: own,
      unitId: ownUnit,
      unit: { name: 'Văn phòng', symbol: 'VP', parent: null, validFrom: '2020-01-01', validTo: null },
      administrator: details,
    };
    const found = (n: number) =>
      decide(describing(n, { name: 'directory.found', body })).chained.entry.refusal?.code;
    expect(found(1)).toBeUndefined();
    expect(found(2)).toBe('directory.founded-already');
  });

  test('reads on along a chain, as far as a rule follows it', () => {
    const { decide } = sequencer();
    const [top, middle, low] = [ids.unit(), ids.unit(), ids.unit()];
    const put = (n: number, unitId: string, parent: string | null) => {
      const unit = { name: 'Tổ Tin học', symbol: 'TTH', validFrom: '2020-01-01', validTo: null };
      const body = { unitId, details: { ...unit, parent } };
      return decide(describing(n, { body })).chained.entry.refusal?.code;
    };
    expect([put(1, top, null), put(2, middle, top), put(3, low, middle)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(put(4, top, low)).toBe('directory.unit-in-itself');
    expect(put(5, low, null)).toBeUndefined();
    expect(put(6, top, low)).toBeUndefined();
  });

  test('stops a command that would change what it did not read', () => {
    const { decide } = sequencer();
    expect(() => decide(describing(1, { name: 'test.blind', body: {} }))).toThrow(
      'changed without being read',
    );
  });
});
