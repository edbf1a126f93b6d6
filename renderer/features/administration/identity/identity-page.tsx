import { IconUserShield } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { core } from '../../../app/client.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ListLoading } from '../../../ui/list-states.tsx';
import { PlaceHead } from '../../../ui/place-head.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { AdminTabs } from '../admin-tabs.tsx';
import { Identifiers } from './identifiers.tsx';
import { IdentityArrangement } from './identity-arrangement.tsx';
import { ServerAddress } from './server-address.tsx';
import './identity.css';

/** Quản trị › Đăng nhập: an identity provider beside the passphrases, for who joins and who sits down. */
export function IdentityPage() {
  const words = useWords();
  const { own } = useDirectory();
  const { data } = useQuery({ queryKey: ['sync', 'devices'], queryFn: () => core.sync.devices({}) });
  return (
    <div className="place">
      <PlaceHead title={words('administration.identity')} below={<AdminTabs />} />
      <div className="identity-page">
        {(own === null || data === undefined) && <ListLoading label={words('administration.identity')} />}
        {data?.hasServer === false && (
          <EmptyState
            icon={IconUserShield}
            title={words('devices.alone')}
            help={words('identity.alone.help')}
          />
        )}
        {own !== null && data?.hasServer === true && (
          <>
            <p className="dim">{words('identity.about')}</p>
            <IdentityArrangement agency={own} />
            {own.identity?.equals === 'identifier' && <Identifiers />}
            {own.identity !== null && <ServerAddress />}
          </>
        )}
      </div>
    </div>
  );
}
