import { aggregates, commandsByName } from '#shared/commands.ts';
import { whyNotActor, type Person } from '#shared/directory/public.ts';
import {
  CommandIdSchema,
  dayOf,
  instantFrom,
  type Act,
  type AgencyId,
  type Aggregate,
  type Command,
  type Day,
  type Instant,
  type LogEntry,
  type PersonId,
} from '#shared/kernel/public.ts';
import { decideNext, type LogPort } from '#shared/node/sequencer/public.ts';
import { plainCalendar } from './ask.ts';
import { aDelegation, aPerson, aUnit, anAgency, idNumber, ids, mondayMorning, theHead } from './builders.ts';
import { memoryLog } from './memory-log.ts';

/** Nine people of one agency, one for each way of working. */
export type Staff = Readonly<{
  administrator: Person;
  clerk: Person;
  head: Person;
  deputy: Person;
  chief: Person;
  unitHead: Person;
  officer: Person;
  colleague: Person;
  archivist: Person;
}>;

export type SmallAgency<Kind extends Engine> = Readonly<{
  engine: Kind;
  staff: Staff;
  unitId: string;
  otherUnitId: string;
  delegationId: string;
  /** Sends a command at the agency's own time, which moves on by `minutes`. */
  send: (by: PersonId, name: string, body: unknown, minutes?: number) => LogEntry;
  /** The day it will be when so many minutes have passed. */
  dayAfter: (minutes: number) => Day;
  state: <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string) => State | null;
}>;

/** What decides commands: the sequencer over a log in memory, or a whole desk. */
export type Engine = Readonly<{ log: LogPort; decide: (command: Command) => void }>;

type Setting = Readonly<{ agencyId: AgencyId; now: () => Instant }>;

/** The real sequencer over a log in memory. */
export function memoryEngine({ agencyId, now }: Setting): Engine {
  const log = memoryLog();
  const parts = { agencyId, log, commands: commandsByName, aggregates, calendar: () => plainCalendar, now };
  return { log, decide: (command) => void decideNext({ ...parts, whyNot: whyNotActor }, command) };
}

/** An agency set up by its own commands. */
export function openSmallAgency<Kind extends Engine>(
  openEngine: (setting: Setting) => Kind,
): SmallAgency<Kind> {
  const agency = anAgency();
  const unit = aUnit({ id: ids.unit() });
  const other = aUnit({ id: ids.unit(), name: 'Phòng Quản lý công nghệ', symbol: 'QLCN' });
  const staff = staffOf(unit.id, other.id);
  let now = Date.parse(mondayMorning);
  let sent = 0;
  const engine = openEngine({ agencyId: agency.id, now: () => instantFrom(now) });

  function send(by: PersonId, name: string, body: unknown, minutes = 1): LogEntry {
    now += minutes * 60_000;
    const id = CommandIdSchema.parse(idNumber((sent += 1)));
    engine.decide({ id, name, actor: by, onBehalfOf: null, claimedAt: instantFrom(now), body });
    const chained = engine.log.decisionOn(id);
    if (chained === null) throw new Error(`${name} was not recorded`);
    return chained.entry;
  }

  const { administrator, head, deputy } = staff;
  const {
    id: _id,
    rootCertificate: _root,
    sealCertificate: _seal,
    proof: _proof,
    closedOn: _on,
    successor: _to,
    ...own
  } = agency;
  const { id: _unit, ...unitDetails } = unit;
  const { id: _other, ...otherDetails } = other;
  must(
    send(administrator.id, 'directory.found', {
      agency: own,
      unitId: unit.id,
      unit: unitDetails,
      administrator: detailsOf(administrator),
    }),
  );
  must(send(administrator.id, 'directory.describeUnit', { unitId: other.id, details: otherDetails }));
  for (const person of Object.values(staff).filter(({ id }) => id !== administrator.id)) {
    must(
      send(administrator.id, 'directory.describePerson', { personId: person.id, details: detailsOf(person) }),
    );
  }
  const {
    id: delegationId,
    revokedAt: _now,
    parentId: _none,
    ...given
  } = aDelegation({ from: head.id, to: deputy.id });
  must(send(administrator.id, 'directory.delegate', { delegationId, details: given, parentId: null }));

  return {
    engine,
    staff,
    unitId: unit.id,
    otherUnitId: other.id,
    delegationId,
    send,
    dayAfter: (minutes) => dayOf(instantFrom(now + minutes * 60_000)),
    state: <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string) =>
      // Folded by this aggregate's own `evolve`.
      (engine.log.state({ kind: aggregate.kind, id })?.state ?? null) as State | null,
  };
}

function staffOf(unit: Person['unit'], other: Person['unit']): Staff {
  return {
    administrator: aPerson({ unit, roles: ['administrator'] }),
    clerk: aPerson({ unit, roles: ['clerk'] }),
    head: theHead({ unit }),
    deputy: aPerson({ unit, rank: 'deputy', roles: ['leader'] }),
    chief: aPerson({ unit, roles: ['chief'] }),
    unitHead: aPerson({ unit: other, roles: ['unit-head'] }),
    officer: aPerson({ unit: other }),
    colleague: aPerson({ unit: other }),
    archivist: aPerson({ unit, roles: ['archivist'] }),
  };
}

function detailsOf({ id: _id, certificate: _certificate, active: _active, ...details }: Person) {
  return details;
}

function must({ command, refusal }: LogEntry): void {
  if (refusal !== null) throw new Error(`Not set up: ${command.name} ${refusal.code}`);
}
