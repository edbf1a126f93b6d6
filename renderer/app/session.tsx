import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { Role, Session } from '#shared/directory/public.ts';

export type SignedIn = Readonly<{ session: Session; roles: readonly Role[]; signOut: () => void }>;

const SessionContext = createContext<SignedIn | null>(null);

/** Who is at the desk, for every page inside. */
export function SessionProvider(
  props: Readonly<{ session: Session; signOut: () => void; children: ReactNode }>,
) {
  const { session, signOut, children } = props;
  const signedIn = useMemo(() => ({ session, roles: session.person.roles, signOut }), [session, signOut]);
  return <SessionContext value={signedIn}>{children}</SessionContext>;
}

export function useSession(): SignedIn {
  const signedIn = useContext(SessionContext);
  if (signedIn === null) throw new Error('useSession needs SessionProvider');
  return signedIn;
}
