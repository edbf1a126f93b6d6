import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { core } from '../../app/client.ts';
import { ListFailed } from '../../ui/list-states.tsx';
import { desksKey } from './desks-key.ts';
import { FirstRun } from './first-run.tsx';
import { JoinForm } from './join-form.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** Before the office: the choices of a first run, or who sits down at this desk. */
export function SignInPage() {
  const [joining, setJoining] = useState(false);
  const { data, error, isError, refetch } = useQuery({
    queryKey: desksKey,
    queryFn: () => core.session.agencies({}),
    staleTime: 0,
  });
  if (isError) return <ListFailed error={error} retry={() => void refetch()} />;
  if (data === undefined) return null; // one local call; anything drawn here would only flash
  const join = (): void => {
    setJoining(true);
  };
  if (joining) {
    return (
      <JoinForm
        onLeave={() => {
          setJoining(false);
        }}
      />
    );
  }
  if (data.desks.length === 0) return <FirstRun wiped={data.wiped} onJoin={join} />;
  return (
    <SignInForm
      desks={data.desks}
      wiped={data.wiped}
      samplePassphrase={data.samplePassphrase}
      onJoin={join}
    />
  );
}
