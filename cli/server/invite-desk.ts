import { createHash, X509Certificate } from 'node:crypto';
import type { Person } from '../../shared/directory/public.ts';
import { HashSchema } from '../../shared/kernel/public.ts';
import { holidays } from '../../electron/store/holidays.ts';
import { anAdministrator, findPerson } from '../../server/features/devices/find-person.ts';
import { invite, inviteOver } from '../../server/features/devices/invite.ts';
import {
  agencyServer,
  openAgencyFolder,
  openPostgres,
  readIdentity,
  readServerFile,
} from '../../server/main.ts';
import { serverOver } from '../../server/log/serving.ts';
import { logMustBeHere } from '../../server/data/where-things-are.ts';

export type InviteAsked = Readonly<{
  data: string;
  person: string;
  by: string | null;
  url: string;
  /** The agency's own certificate instead of the one made with the folder, PEM. */
  cert: string | null;
  databaseUrl: string | null;
}>;

/** Invites somebody's desk from the command line; over a database also while the server runs. */
export async function inviteDesk({ data, person, by, url, cert, databaseUrl }: InviteAsked): Promise<string> {
  const { raw } = new X509Certificate(cert ?? readIdentity(data).authority);
  const authority = HashSchema.parse(createHash('sha256').update(raw).digest('hex'));
  const named = (people: readonly Person[]) => ({
    person: findPerson(people, person),
    by: (by === null ? anAdministrator(people) : findPerson(people, by)).id,
    url,
    authority,
  });
  if (databaseUrl === null) {
    const folder = openAgencyFolder(data);
    try {
      await logMustBeHere(folder, null);
      const { person: invited, ...order } = named(folder.people());
      const server = agencyServer({ folder, calendar: holidays });
      return invite({ ...order, folder, server, personId: invited.id });
    } finally {
      folder.close();
    }
  }
  const agency = readServerFile(data);
  const store = await openPostgres(databaseUrl, agency.agencyId);
  try {
    // Folded by the person's own aggregate.
    const people = (await store.states('person')) as readonly Person[];
    const rules = { agencyId: agency.agencyId, calendar: holidays };
    return await inviteOver(store, { ...named(people), agency, serverOver: (log) => serverOver(log, rules) });
  } finally {
    await store.close();
  }
}
