import { aggregates, commandsByName } from '#shared/commands.ts';
import { isCallName, personAggregate, whyNotCall } from '#shared/directory/public.ts';
import { registerAggregate, registerId, type Register } from '#shared/documents/public.ts';
import {
  CommandIdSchema,
  DeviceIdSchema,
  InvitationIdSchema,
  LeaseIdSchema,
  instantFrom,
  refuse,
  type Command,
  type DeviceId,
  type LeaseId,
  type LogEntry,
} from '#shared/kernel/public.ts';
import { decideNext } from '#shared/node/sequencer/public.ts';
import { codeHashOf } from '#shared/sync/public.ts';
import { plainCalendar } from './ask.ts';
import { aFile, idNumber, ids, mondayMorning, someFields, unsignedCheck } from './builders.ts';
import { memoryLog } from './memory-log.ts';
import { openSmallAgency, type Engine, type Staff } from './small-agency.ts';

export const aLeaseId = (n: number): LeaseId => LeaseIdSchema.parse(idNumber(7_000_000 + n));

/** An agency whose clerks' desks may hold blocks of numbers, decided by the real sequencer over a log in memory. */
export function openLeaseOffice() {
  const log = memoryLog();
  let now = Date.parse(mondayMorning);
  let claimed: number | null = null;
  let sender: DeviceId | null = null;
  let sent = 900_000;
  let enrolled = 0;
  const agency = openSmallAgency(({ agencyId }): Engine => {
    const parts = { agencyId, log, commands: commandsByName, aggregates, calendar: () => plainCalendar };
    return {
      log,
      decide: (command) => {
        const asked: Command = { ...command, claimedAt: instantFrom(claimed ?? now) };
        decideNext(
          {
            ...parts,
            now: () => instantFrom(now),
            whyNot: ({ name, actor }, states) =>
              isCallName(name)
                ? whyNotCall(name, states.of(personAggregate, actor))
                : refuse('kernel.unknown-command'),
          },
          asked,
          sender === null ? undefined : { device: sender, dseq: 1, signature: '' },
        );
      },
    };
  });

  function send(who: keyof Staff, name: string, body: unknown, device: DeviceId | null = null): LogEntry {
    sender = device;
    const id = CommandIdSchema.parse(idNumber((sent += 1)));
    const actor = agency.staff[who].id;
    agency.engine.decide({ id, name, actor, onBehalfOf: null, claimedAt: instantFrom(now), body });
    sender = null;
    const decided = log.decisionOn(id);
    if (decided === null) throw new Error(`${name} was not recorded`);
    return decided.entry;
  }

  function must(entry: LogEntry): void {
    if (entry.refusal !== null) throw new Error(`${entry.command.name}: ${entry.refusal.code}`);
  }

  /** One more desk of somebody. */
  function enrol(who: keyof Staff): DeviceId {
    enrolled += 1;
    const invitationId = InvitationIdSchema.parse(idNumber(8_000_000 + enrolled));
    const device = DeviceIdSchema.parse(idNumber(8_500_000 + enrolled));
    const code = `MÃ-${enrolled}`;
    const personId = agency.staff[who].id;
    must(send('administrator', 'sync.inviteDevice', { invitationId, personId, codeHash: codeHashOf(code) }));
    const publicKey = Buffer.alloc(32).toString('base64');
    must(
      send(who, 'sync.enrolDevice', { deviceId: device, invitationId, code, name: 'Máy', publicKey }, device),
    );
    return device;
  }

  must(send('administrator', 'directory.arrangeLeasing', { leasing: { mostNumbers: 20, mostDays: 7 } }));

  return {
    agency,
    send,
    must,
    enrol,
    pass: (minutes: number) => {
      now += minutes * 60_000;
    },
    /** What a desk's clock says from now on, in minutes from the true time; null when it is right. */
    claimAt: (minutes: number | null) => {
      claimed = minutes === null ? null : now + minutes * 60_000;
    },
    now: () => instantFrom(now),
    entries: () => log.entriesAfter(0, 1_000_000).map(({ entry }) => entry),
    register: (book = 'arrivals', year = 2026): Register | null =>
      agency.state(registerAggregate, registerId(book, year)),
    /** A letter that waits to be registered. */
    letter: () => {
      const documentId = ids.document();
      const suggestion = { fields: {}, confidence: {}, method: 'none' };
      const body = { documentId, file: aFile(), hasScript: false, suggestion, check: unsignedCheck };
      must(send('clerk', 'documents.receive', body));
      return { documentId, fields: someFields(), presentTo: agency.staff.head.id };
    },
  };
}
