import { join } from 'node:path';
import {
  AgencyIdSchema,
  CommandIdSchema,
  PersonIdSchema,
  type AgencyId,
  type PersonId,
} from '#shared/kernel/public.ts';
import {
  issueAgencyCa,
  issueCertificate,
  openPkcs12,
  type AgencyCa,
} from '#shared/node/pdf-signing/public.ts';
import { personAggregate } from '#shared/directory/public.ts';
import type { Clock } from '../../platform/clock.ts';
import { readState } from '../../store/read-state.ts';
import { createKeyring, openKeyring } from '../../store/keyring.ts';
import { type OpenDesk, openDeskFolder, writeDeskFile } from '../session/public.ts';
import { type KeyUse, ownerOf, writeKeyFile } from '../signing/public.ts';
import { actAs, mustHappen } from './act-as.ts';
import type { Part, SampleOffice } from './offices.ts';

export type CreatedOffice = Readonly<{
  agencyId: AgencyId;
  open: OpenDesk;
  person: (key: string) => PersonId;
  part: (part: Part) => PersonId;
  unit: (key: string) => string;
}>;

export type CreateParts = Readonly<{
  home: string;
  clock: Clock;
  passphrase: string;
  pin: string;
  sample: boolean;
  /** Who gets a passphrase and a signing key, by key; everyone when it is left out. */
  equipped?: readonly string[];
}>;

/** Sets up an agency on this machine as an administrator would: itself, units, people, keys and the agency's CA. */
export async function createOffice(office: SampleOffice, parts: CreateParts): Promise<CreatedOffice> {
  const { home, clock, passphrase, pin } = parts;
  const agencyId = AgencyIdSchema.parse(clock.newId());
  const folder = writeDeskFile(home, { agencyId, agencyName: office.agency.name, sample: parts.sample });
  const units = new Map(office.units.map((unit) => [unit.key, clock.newId()]));
  const people = new Map(office.people.map((person) => [person.key, PersonIdSchema.parse(clock.newId())]));
  const person = (key: string) => found(people.get(key), key);
  const unit = (key: string) => found(units.get(key), key);

  const equipped = office.people.filter(({ key }) => parts.equipped?.includes(key) ?? true);
  const [first, ...others] = equipped.map(({ key, name, post }) => ({ id: person(key), name, post }));
  if (first === undefined) throw new Error('The sample has no people');
  const keysPath = join(folder, 'keys.json');
  const dataKey = await createKeyring(keysPath, { ...first, passphrase }, clock.now());
  await openKeyring(keysPath).addPeople(others, passphrase, dataKey);
  const open = openDeskFolder(folder, agencyId, { dataKey, clock });
  describe(open, office, { administrator: person(office.cast.administrator), person, unit, clock });
  certify(
    open,
    { ...office, people: equipped },
    { administrator: person(office.cast.administrator), person, clock, pin },
  );
  const part = (one: Part): PersonId => person(office.cast[one]);
  const everybody = office.people.map(({ key }) => person(key));
  confirm(open, everybody, { leader: part('leader'), chief: part('chief'), clock });
  return { agencyId, open, person, unit, part };
}

type Describing = Readonly<{
  administrator: PersonId;
  person: (key: string) => PersonId;
  unit: (key: string) => string;
  clock: Clock;
}>;

function describe(
  open: OpenDesk,
  office: SampleOffice,
  { administrator, person, unit, clock }: Describing,
): void {
  const validFrom = '2025-07-01';
  const unitDetails = (key: string) => {
    const { name, symbol, parent } = found(
      office.units.find((candidate) => candidate.key === key),
      key,
    );
    return { name, symbol, parent: parent === null ? null : unit(parent), validFrom, validTo: null };
  };
  const details = office.people.map(({ key, ...described }) => ({
    id: person(key),
    details: { ...described, unit: unit(described.unit), email: null },
  }));
  const first = found(
    details.find(({ id }) => id === administrator),
    'administrator',
  );
  const homeUnit = found(
    office.people.find(({ key }) => person(key) === administrator),
    'administrator',
  ).unit;
  const command = (name: string, body: unknown) => ({
    id: CommandIdSchema.parse(clock.newId()),
    name,
    actor: administrator,
    onBehalfOf: null,
    claimedAt: clock.now(),
    body,
  });
  const commands = [
    command('directory.found', {
      agency: { ...office.agency, own: true },
      unitId: unit(homeUnit),
      unit: { ...unitDetails(homeUnit), parent: null },
      administrator: first.details,
    }),
    ...office.units.map(({ key }) =>
      command('directory.describeUnit', { unitId: unit(key), details: unitDetails(key) }),
    ),
    ...details.map(({ id, details }) => command('directory.describePerson', { personId: id, details })),
  ];
  for (const reply of open.desk.executeAll(commands)) mustHappen(reply);
}

/** Everybody's rights are as they were meant: the head says so of the others, and the chief of the head. */
function confirm(
  open: OpenDesk,
  people: readonly PersonId[],
  { leader, chief, clock }: Readonly<{ leader: PersonId; chief: PersonId; clock: Clock }>,
): void {
  const isWaiting = (id: PersonId) => readState(open.desk.db, personAggregate, id)?.unconfirmed != null;
  for (const [by, whose] of [
    [leader, people.filter((id) => id !== leader)],
    [chief, [leader]],
  ] as const) {
    actAs(open, by, clock).must('directory.confirmRights', {
      people: whose.filter(isWaiting),
      delegations: [],
    });
  }
}

type Certifying = Readonly<{
  administrator: PersonId;
  person: (key: string) => PersonId;
  clock: Clock;
  pin: string;
}>;

/** The small CA of an agency without one of its own: a root, its people who sign, and its seal. */
function certify(open: OpenDesk, office: SampleOffice, { administrator, person, clock, pin }: Certifying) {
  const validFrom = clock.now();
  const agencyName = office.agency.name;
  const ca = issueAgencyCa({ agencyName, country: 'VN', validFrom, years: 10 });
  const admin = actAs(open, administrator, clock);
  const seal = keepKey(
    { open, ca, pin, organisation: agencyName, owner: ownerOf(admin.person, 'seal'), use: 'seal' },
    { commonName: agencyName },
  );
  admin.must('directory.certifyAgency', {
    agencyId: open.desk.agencyId,
    rootCertificate: base64(ca.certificateDer),
    sealCertificate: seal,
  });
  for (const { key, name, post } of office.people) {
    const certificate = keepKey(
      { open, ca, pin, organisation: agencyName, owner: person(key), use: 'person' },
      { commonName: name, title: post },
    );
    admin.must('directory.certifyPerson', { personId: person(key), certificate });
  }
}

type Keeping = Readonly<{
  open: OpenDesk;
  ca: AgencyCa;
  organisation: string;
  pin: string;
  owner: string;
  use: KeyUse;
}>;

function keepKey(
  { open, ca, pin, organisation, owner, use }: Keeping,
  subject: { commonName: string; title?: string },
) {
  const issued = issueCertificate({
    ca,
    ...subject,
    organisation,
    role: use,
    validFrom: open.desk.now(),
    years: 5,
  });
  const p12 = issued.p12(pin);
  writeKeyFile(open.desk, { owner, use, p12, key: openPkcs12(p12, pin) });
  return base64(issued.certificateDer);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function found<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`The sample has no ${name}`);
  return value;
}
