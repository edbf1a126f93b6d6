import { useQuery } from '@tanstack/react-query';
import { core } from '../../app/client.ts';
import { ListFailed } from '../../ui/list-states.tsx';
import { desksKey } from './desks-key.ts';
import { FirstRun } from './first-run.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** Before the office: the choices of a first run, or who sits down at this desk. */
export function SignInPage() {
  const { data, error, isError, refetch } = useQuery({
    queryKey: desksKey,
    queryFn: () => core.session.agencies({}),
    staleTime: 0,
  });
  if (isError) return <ListFailed error={error} retry={() => void refetch()} />;
  if (data === undefined) return null; // one local call; anything drawn here would only flash
  if (data.desks.length === 0) return <FirstRun />;
  return <SignInForm desks={data.desks} samplePassphrase={data.samplePassphrase} />;
}
