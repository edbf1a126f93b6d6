import type { Agency, Person } from '#shared/directory/public.ts';
import { useSession } from '../../app/session.tsx';
import { useDirectory } from '../directory/public.ts';

export type Me = Readonly<{
  person: Person;
  agencyId: string;
  /** Null until the directory has answered. */
  agency: Agency | null;
  has: (role: Person['roles'][number]) => boolean;
}>;

/** Who is at the desk, and of which agency. */
export function useMe(): Me {
  const { session } = useSession();
  const { own } = useDirectory();
  return {
    person: session.person,
    agencyId: session.agencyId,
    agency: own,
    has: (role) => session.person.roles.includes(role),
  };
}
