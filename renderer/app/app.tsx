import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, type ReactNode } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import { findDocuments } from './find-documents.ts';
import { useRouter } from './router.tsx';
import { core } from './client.ts';
import { DeskSafety } from './desk-safety.tsx';
import { features } from './features.tsx';
import { mayOpen } from './feature.ts';
import { Frame } from './frame.tsx';
import { followChanges } from './follow-changes.ts';
import { usePlaceCounts } from './place-counts.ts';
import { pathTo } from './paths.ts';
import { RailFoot } from './rail-foot.tsx';
import { SessionProvider, useSession } from './session.tsx';
import { AppFailed } from './app-failed.tsx';
import { clearToasts } from '../ui/toasts.tsx';
import { useWords } from '../ui/use-words.ts';
import { IdleLock } from '../features/session/idle-lock.tsx';

/** The office: the sign-in page until somebody is at the desk, then the frame with that person's places. */
export function App({ signIn }: Readonly<{ signIn: ReactNode }>) {
  const client = useQueryClient();
  const current = useQuery({ queryKey: ['session'], queryFn: () => core.session.current({}) });
  const signOut = useCallback(() => {
    const leave = (): void => {
      clearToasts();
      client.setQueryData(['session'], { session: null });
      // Nothing one person saw is left for the next.
      client.removeQueries({ predicate: ({ queryKey: [root] }) => root !== 'session' });
    };
    core.session.signOut({}).then(leave, leave);
  }, [client]);
  if (current.isError && current.data === undefined) {
    return <AppFailed error={current.error} retry={() => void current.refetch()} />;
  }
  if (current.data === undefined) return null; // one local call; anything drawn here would only flash
  if (current.data.session === null) return signIn;
  return (
    <SessionProvider session={current.data.session} signOut={signOut}>
      <Office />
      <IdleLock />
    </SessionProvider>
  );
}

function Office() {
  const client = useQueryClient();
  const { session, roles } = useSession();
  const { location, go } = useRouter();
  useEffect(() => followChanges(client), [client]);
  const open = features.filter((feature) => feature.rail !== undefined && mayOpen(feature, roles));
  // A page made for this person's roles comes before one that everybody has.
  const home = open.find((feature) => feature.roles !== 'everyone') ?? open[0];
  useEffect(() => {
    if (location.path === '/' && home !== undefined) go(pathTo(home.path), { replace: true });
  }, [location.path, home, go]);
  const mayFind = whyNotCall('search.find', session.person) === null;
  const words = useWords();
  const find = useCallback(
    (typed: string) => findDocuments(typed, { features, roles, go, words }),
    [go, roles, words],
  );
  return (
    <Frame
      features={features}
      roles={roles}
      counts={usePlaceCounts()}
      {...(mayFind ? { find } : {})}
      foot={<RailFoot safety={<DeskSafety />} />}
    />
  );
}
