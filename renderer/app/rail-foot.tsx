import { IconLogout } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useCommands } from '../ui/commands.tsx';
import { useWords } from '../ui/use-words.ts';
import { AppearanceMenu } from './appearance-menu.tsx';
import { useSession } from './session.tsx';

/** At the foot of the rail: how well the work is kept, appearance, and who is at the desk. */
export function RailFoot({ safety }: Readonly<{ safety: ReactNode }>) {
  const words = useWords();
  const { session, signOut } = useSession();
  const { person } = session;
  useCommands([{ id: 'app.signOut', label: words('app.signOut'), group: 'do', run: signOut }]);
  return (
    <>
      {safety}
      <AppearanceMenu />
      <div className="rail-person">
        <span className="rail-person-text">
          <span className="rail-person-name one-line">{person.name}</span>
          <span className="dim one-line rail-person-post" title={person.post}>
            {person.post}
          </span>
        </span>
        <button
          type="button"
          className="rail-leave"
          title={words('app.signOut')}
          aria-label={words('app.signOut')}
          onClick={signOut}
        >
          <IconLogout size="1.125rem" stroke={1.6} aria-hidden />
        </button>
      </div>
    </>
  );
}
