import { Menu } from '@mantine/core';
import { IconKey, IconLogout, IconSelector, IconSignature } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import { PicturesDialog } from '../features/outgoing/public.ts';
import { PassphraseDialog } from '../features/session/passphrase-dialog.tsx';
import { useCommands } from '../ui/commands.tsx';
import { useWords } from '../ui/use-words.ts';
import { AppearanceMenu } from './appearance-menu.tsx';
import { useSession } from './session.tsx';

/** At the foot of the rail: how well the work is kept, appearance, and who is at the desk. */
export function RailFoot({ safety }: Readonly<{ safety: ReactNode }>) {
  const words = useWords();
  const { session, signOut } = useSession();
  const { person } = session;
  const [changing, setChanging] = useState(false);
  const [showing, setShowing] = useState(false);
  const change = (): void => {
    setChanging(true);
  };
  const show = (): void => {
    setShowing(true);
  };
  const signs = whyNotCall('signing.keepPicture', person) === null;
  useCommands([
    { id: 'app.signOut', label: words('app.signOut'), group: 'do', run: signOut },
    { id: 'app.passphrase', label: words('session.passphrase.title'), group: 'do', run: change },
    ...(signs
      ? [{ id: 'app.pictures', label: words('outgoing.pictures'), group: 'do' as const, run: show }]
      : []),
  ]);
  return (
    <>
      {safety}
      <AppearanceMenu />
      <Menu position="right-end" withinPortal>
        <Menu.Target>
          <button type="button" className="rail-person">
            <span className="rail-person-text">
              <span className="rail-person-name one-line">{person.name}</span>
              <span className="dim one-line rail-person-post" title={person.post}>
                {person.post}
              </span>
            </span>
            <span className="unseen">{words('app.me')}</span>
            <IconSelector size="1rem" stroke={1.6} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconKey size="1rem" stroke={1.6} aria-hidden />} onClick={change}>
            {words('session.passphrase.title')}
          </Menu.Item>
          {signs && (
            <Menu.Item leftSection={<IconSignature size="1rem" stroke={1.6} aria-hidden />} onClick={show}>
              {words('outgoing.pictures')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconLogout size="1rem" stroke={1.6} aria-hidden />} onClick={signOut}>
            {words('app.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PassphraseDialog
        opened={changing}
        onClose={() => {
          setChanging(false);
        }}
      />
      {signs && (
        <PicturesDialog
          opened={showing}
          onClose={() => {
            setShowing(false);
          }}
        />
      )}
    </>
  );
}
