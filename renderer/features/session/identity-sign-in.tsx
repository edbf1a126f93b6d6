import { Button } from '@mantine/core';
import type { AgencyId, PersonId } from '#shared/kernel/public.ts';
import type { Session } from '#shared/directory/public.ts';
import { core } from '../../app/client.ts';
import { Note } from '../../ui/gate.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { AwayNote } from './away-note.tsx';
import { useJourney } from './use-journey.ts';

type IdentitySignInProps = Readonly<{
  /** What the identity provider is called. */
  name: string;
  who: Readonly<{ agencyId: AgencyId; personId: PersonId }>;
  disabled: boolean;
  onEntered: (session: Session) => void;
}>;

/** The other way in, for a desk that its agency's identity provider opens too. */
export function IdentitySignIn({ name, who, disabled, onEntered }: IdentitySignInProps) {
  const words = useWords();
  const journey = useJourney({
    begin: () => core.session.beginIdentity(who),
    finish: (flow) => core.session.finishIdentity({ flow }),
    onDone: onEntered,
  });
  return (
    <>
      <Button
        variant="default"
        size="md"
        disabled={disabled}
        onClick={() => {
          journey.go(undefined);
        }}
      >
        {words('session.identity.signIn', { name })}
      </Button>
      {journey.away !== null && <AwayNote url={journey.away} />}
      {journey.error !== null && <Note tone="danger">{sentenceOf(journey.error, words)}</Note>}
    </>
  );
}
