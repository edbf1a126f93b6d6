import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDeskFolder, writeDeskFile } from '#electron/features/session/public.ts';
import { clientOf, openCore, type Core } from '#electron/host/core.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { createKeyring, openKeyring } from '#electron/store/keyring.ts';
import { roles, type Person, type Role } from '#shared/directory/public.ts';
import { CommandIdSchema, type AgencyId, type PersonId } from '#shared/kernel/public.ts';
import { aPerson, aUnit, anAgency } from './builders.ts';
import { passphrase } from './machines.ts';

export type OfficeOfRoles = Readonly<{
  agencyId: AgencyId;
  core: Core;
  person: (role: Role) => PersonId;
  /** Signs somebody in at a window of their own; gives what that window can call. */
  at: (person: PersonId, window: string) => Promise<Calls>;
  /** A window at which nobody signed in. */
  stranger: (window: string) => Calls;
  /** Somebody who could sign in and has left since. */
  leave: (person: PersonId) => void;
  remove: () => void;
}>;

/** Any call of the contract, by its names, with whatever somebody may send. */
export type Calls = (call: string, input: unknown) => Promise<unknown>;

/** A desk with one person for each role, each with a passphrase, and one more who may do everything. */
export async function officeOfRoles(): Promise<OfficeOfRoles> {
  const home = mkdtempSync(join(tmpdir(), 'Ấn Tín quyền '));
  const { id: agencyId, rootCertificate, sealCertificate, proof, closedOn, successor, ...own } = anAgency();
  void [rootCertificate, sealCertificate, proof, closedOn, successor];
  const folder = writeDeskFile(home, { agencyId, agencyName: own.name, sample: false });
  const { id: unitId, ...unit } = aUnit();
  const people = new Map(roles.map((role) => [role, aPerson({ unit: unitId, roles: [role] })]));
  const person = (role: Role): Person => {
    const found = people.get(role);
    if (found === undefined) throw new Error(`Nobody is ${role}`);
    return found;
  };
  const administrator = person('administrator');
  const keys = join(folder, 'keys.json');
  const dataKey = await createKeyring(keys, { ...administrator, passphrase }, systemClock.now());
  const others = [...people.values()].filter((one) => one !== administrator);
  await openKeyring(keys).addPeople(others, passphrase, dataKey);
  const open = openDeskFolder(folder, agencyId, { dataKey, clock: systemClock });
  const must = (name: string, body: unknown): void => {
    const reply = open.desk.execute({
      id: CommandIdSchema.parse(systemClock.newId()),
      name,
      actor: administrator.id,
      onBehalfOf: null,
      claimedAt: systemClock.now(),
      body,
    });
    if (!reply.ok) throw new Error(`${name}: ${reply.refusal.code}`);
  };
  must('directory.found', { agency: own, unitId, unit, administrator: detailsOf(administrator) });
  for (const one of people.values()) {
    if (one === administrator) continue;
    must('directory.describePerson', { personId: one.id, details: detailsOf(one) });
  }
  open.close();
  const core = openCore(home, systemClock);
  const callsOf = (window: string): Calls => {
    const rooms = clientOf(core, window) as unknown as Record<
      string,
      Record<string, (input: unknown) => Promise<unknown>>
    >;
    return async (call, input) => {
      const [room = '', name = ''] = call.split('.');
      return rooms[room]?.[name]?.(input);
    };
  };
  return {
    agencyId,
    core,
    person: (role) => person(role).id,
    stranger: callsOf,
    at: async (personId, window) => {
      await core.sessions.signIn(window, { agencyId, personId, passphrase });
      return callsOf(window);
    },
    leave: (personId) => {
      const current = core.sessions.current('administrator');
      const reply = current?.open.desk.execute({
        id: CommandIdSchema.parse(systemClock.newId()),
        name: 'directory.personLeaves',
        actor: administrator.id,
        onBehalfOf: null,
        claimedAt: systemClock.now(),
        body: { personId, reason: 'Chuyển công tác' },
      });
      if (reply?.ok !== true) throw new Error(`Did not leave: ${JSON.stringify(reply)}`);
    },
    remove: () => {
      core.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function detailsOf({ id: _id, certificate: _certificate, active: _active, ...details }: Person) {
  return details;
}
