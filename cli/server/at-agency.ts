import { PeerSchema, type Peer } from '../../shared/exchange/public.ts';
import type { Person } from '../../shared/directory/public.ts';
import type { AggregateKind, ChainedEntry, Command } from '../../shared/kernel/public.ts';
import { holidays } from '../../electron/store/holidays.ts';
import { anAdministrator, findPerson } from '../../server/features/devices/find-person.ts';
import { logMustBeHere } from '../../server/data/where-things-are.ts';
import { agencyServer, openAgencyFolder, openPostgres, type AgencyFolder } from '../../server/main.ts';
import { serverOver } from '../../server/log/serving.ts';

export type AtAgency = Readonly<{
  folder: AgencyFolder;
  states: (kind: AggregateKind) => Promise<readonly unknown[]>;
  decide: (command: Command) => Promise<ChainedEntry>;
}>;

/** Works in an agency's folder and with its log, wherever that is; its server must not be running. */
export async function atAgency<Result>(
  { 'database-url': databaseUrl }: Readonly<{ 'database-url'?: string | undefined }>,
  data: string,
  work: (at: AtAgency) => Promise<Result>,
): Promise<Result> {
  const folder = openAgencyFolder(data);
  const store = databaseUrl === undefined ? null : await openPostgres(databaseUrl, folder.file.agencyId);
  try {
    await logMustBeHere(folder, store);
    const rules = { agencyId: folder.file.agencyId, calendar: holidays };
    return await work({
      folder,
      states: store?.states ?? ((kind) => Promise.resolve(folder.states(kind))),
      decide: async (command) =>
        store === null
          ? agencyServer({ folder, calendar: holidays }).decide(command)
          : await store.run((log) => serverOver({ ...log, takeOver: log.writer }, rules).decide(command)),
    });
  } finally {
    await store?.close();
    folder.close();
  }
}

/** Who is meant; the first administrator where nobody is named. */
export async function whoActs({ states }: AtAgency, by: string | undefined): Promise<Person> {
  // Folded by the person's own aggregate.
  const people = (await states('person')) as readonly Person[];
  return by === undefined ? anAdministrator(people) : findPerson(people, by);
}

export async function peersAt({ states }: Pick<AtAgency, 'states'>): Promise<readonly Peer[]> {
  return (await states('peer')).map((state) => PeerSchema.parse(state));
}
