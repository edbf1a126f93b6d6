import { aggregates, commandsByName } from '#shared/commands.ts';
import {
  CommandIdSchema,
  dayOf,
  isRefusal,
  ref,
  type Act,
  type Aggregate,
  type AggregateKind,
  type AggregateRef,
  type CommandContext,
  type Decision,
  type DeviceId,
  type Instant,
  type States,
  type WorkingCalendar,
} from '#shared/kernel/public.ts';
import type { Agency, Delegation, Person, Unit } from '#shared/directory/public.ts';
import {
  fileListId,
  type Disposal,
  type Dossier,
  type FileList,
  type HandOver,
  type Locking,
  type RetentionSettings,
} from '#shared/dossiers/public.ts';
import type { OfficialDocument, Register } from '#shared/documents/public.ts';
import type { AgendaItem, Body, Meeting } from '#shared/meetings/public.ts';
import type { CertificateAuthority, CertificateRecord } from '#shared/signing/public.ts';
import type { Consignment, Delivery, Peer } from '#shared/exchange/public.ts';
import type { Task } from '#shared/workflow/public.ts';
import { anAgency, idNumber, mondayMorning } from './builders.ts';

/** What there is when a command is asked for. */
export type Known = Readonly<{
  agency?: Agency | null;
  people?: readonly Person[];
  units?: readonly Unit[];
  delegations?: readonly Delegation[];
  documents?: readonly OfficialDocument[];
  tasks?: readonly Task[];
  registers?: readonly Register[];
  authorities?: readonly CertificateAuthority[];
  certificates?: readonly CertificateRecord[];
  peers?: readonly Peer[];
  consignments?: readonly Consignment[];
  deliveries?: readonly Delivery[];
  dossiers?: readonly Dossier[];
  fileLists?: readonly FileList[];
  locks?: readonly Locking[];
  disposals?: readonly Disposal[];
  retention?: RetentionSettings;
  handOvers?: readonly HandOver[];
  bodies?: readonly Body[];
  meetings?: readonly Meeting[];
  items?: readonly AgendaItem[];
}>;

export type Asked = Readonly<{
  by: Person;
  body: unknown;
  known?: Known;
  at?: Instant;
  /** When the desk says that it was asked, where that is not when it is recorded. */
  claimed?: Instant;
  device?: DeviceId;
  calendar?: WorkingCalendar;
}>;

export const plainCalendar: WorkingCalendar = { holidays: [], extraWorkingDays: [] };

const agencyOfAll = anAgency();

/** What a command decides, seeing exactly the states it asked for, as the sequencer shows them. */
export function ask(name: string, { by, body, known = {}, at, claimed, device, calendar }: Asked): Decision {
  const command = commandsByName.get(name);
  if (command === undefined) throw new Error(`There is no command ${name}`);
  const agency = known.agency === undefined ? agencyOfAll : known.agency;
  const ctx: CommandContext = {
    commandId: CommandIdSchema.parse(idNumber(1)),
    agencyId: (agency ?? agencyOfAll).id,
    actor: by.id,
    onBehalfOf: null,
    device: device ?? null,
    claimedAt: claimed ?? at ?? mondayMorning,
    recordedAt: at ?? mondayMorning,
    calendar: calendar ?? plainCalendar,
  };
  const parsed = command.body.parse(body);
  const reads = new Set<string>();
  const all = statesOf({ ...known, agency, people: [by, ...(known.people ?? [])] });
  const states: States = {
    of: <State, KindAct extends Act>({ kind }: Aggregate<State, KindAct>, id: string): State | null => {
      const key = keyOf({ kind, id });
      if (!reads.has(key)) throw new Error(`${key} was not asked for`);
      // Built by the typed builders of `Known`.
      return (all.get(key) ?? null) as State | null;
    },
  };
  let wanted: readonly AggregateRef[] = [
    ref('person', by.id),
    ref('agency', ctx.agencyId),
    ...command.reads(parsed, ctx),
  ];
  while (wanted.length > 0) {
    for (const read of wanted) reads.add(keyOf(read));
    const led = wanted.flatMap((read) => command.follows?.(read, states) ?? []);
    wanted = led.filter((read) => !reads.has(keyOf(read)));
  }
  const decision = command.decide({ body: parsed, states, ctx });
  if (!isRefusal(decision)) {
    const unread = decision.find((act) => !reads.has(keyOf(act.on)));
    if (unread !== undefined) throw new Error(`${keyOf(unread.on)} changed without being read`);
  }
  return decision;
}

/** The state of something after a decision: folded as the desk and the server fold it. */
export function after<State extends { id: string }>(
  kind: AggregateKind,
  before: State,
  decision: Decision,
): State {
  if (isRefusal(decision)) throw new Error(`Refused: ${decision.code}`);
  const acts = decision.filter((act) => act.on.kind === kind && act.on.id === before.id);
  // `evolve` of a kind gives that kind's state.
  return acts.reduce((state: unknown, act) => aggregates[kind].evolve(state, act), before) as State;
}

/** The code of the refusal a decision is, or null. */
export function codeOf(decision: Decision): string | null {
  return isRefusal(decision) ? decision.code : null;
}

export const today = dayOf(mondayMorning);

function statesOf(known: Known): ReadonlyMap<string, unknown> {
  const registers = (known.registers ?? []).map(
    (register) => [keyOf({ kind: 'register', id: `${register.book}-${register.year}` }), register] as const,
  );
  const lists = (known.fileLists ?? []).map(
    (list) => [keyOf({ kind: 'fileList', id: fileListId(list.year) }), list] as const,
  );
  const named = [
    ...(known.agency ? [entry('agency', known.agency)] : []),
    ...(known.people ?? []).map((person) => entry('person', person)),
    ...(known.units ?? []).map((unit) => entry('unit', unit)),
    ...(known.delegations ?? []).map((delegation) => entry('delegation', delegation)),
    ...(known.documents ?? []).map((document) => entry('document', document)),
    ...(known.tasks ?? []).map((task) => entry('task', task)),
    ...(known.authorities ?? []).map((authority) => entry('authority', authority)),
    ...(known.certificates ?? []).map((certificate) => entry('certificate', certificate)),
    ...(known.peers ?? []).map((peer) => entry('peer', peer)),
    ...(known.consignments ?? []).map((consignment) => entry('consignment', consignment)),
    ...(known.deliveries ?? []).map((delivery) => entry('delivery', delivery)),
    ...(known.dossiers ?? []).map((dossier) => entry('dossier', dossier)),
    ...(known.bodies ?? []).map((body) => entry('meetingBody', body)),
  ];
  return new Map<string, unknown>([...registers, ...lists, ...named, ...keptOf(known)]);
}

function keptOf({ agency, handOvers = [], locks = [], disposals = [], retention, ...known }: Known) {
  const { meetings = [], items = [] } = known;
  const key = keyOf({ kind: 'retention', id: (agency ?? agencyOfAll).id });
  return [
    ...handOvers.map((handOver) => entry('handOver', handOver)),
    ...locks.map((lock) => entry('lock', lock)),
    ...disposals.map((disposal) => entry('disposal', disposal)),
    ...meetings.map((meeting) => entry('meeting', meeting)),
    ...items.map((item) => entry('agendaItem', item)),
    ...(retention === undefined ? [] : [[key, retention] as const]),
  ];
}

function entry(kind: AggregateKind, state: Readonly<{ id: string }>) {
  return [keyOf({ kind, id: state.id }), state] as const;
}

function keyOf({ kind, id }: AggregateRef): string {
  return `${kind}:${id}`;
}
