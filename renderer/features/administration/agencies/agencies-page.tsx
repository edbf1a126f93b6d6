import { IconBuilding, IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Agency } from '#shared/directory/public.ts';
import { pathTo } from '../../../app/paths.ts';
import { useParams, useRouter } from '../../../app/router.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { ActionBar } from '../../../ui/action-bar.tsx';
import { useCommands } from '../../../ui/commands.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ListPlace } from '../../../ui/list-place.tsx';
import { ListLoading } from '../../../ui/list-states.tsx';
import { PlaceHead } from '../../../ui/place-head.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { AgencyList, AgencyView, useAgencyRows, useDirectory } from '../../directory/public.ts';
import { AdminTabs } from '../admin-tabs.tsx';
import { agencyAdminPath } from '../admin-paths.ts';
import { AgencyDialog } from './agency-dialog.tsx';

/** Quản trị › Cơ quan: our own agency first, then those we write to; without a choice, our own. */
export function AgenciesPage() {
  const words = useWords();
  const { go } = useRouter();
  const { ready, own, agencies } = useDirectory();
  const id = useParams(agencyAdminPath)?.['id'] ?? null;
  const [typed, setTyped] = useState('');
  const [described, setDescribed] = useState<Readonly<{ agency: Agency | null }> | null>(null);
  const rows = useAgencyRows(typed);
  const agency = id === null ? own : (agencies.find((one) => one.id === id) ?? null);
  const open = (next: string): void => {
    go(pathTo(agencyAdminPath, { id: next }), { replace: id !== null });
  };
  const add = (): void => {
    setDescribed({ agency: null });
  };
  const close = (): void => {
    setDescribed(null);
  };
  useCommands([
    {
      id: 'administration.agencies.add',
      label: words('administration.agencies.add'),
      keys: 'N',
      group: 'page',
      run: add,
    },
  ]);
  return (
    <>
      <ListPlace
        head={
          <PlaceHead
            title={words('administration.agencies')}
            count={rows.state === 'ready' ? rows.total : null}
            below={
              <>
                <AdminTabs />
                <SearchField label={words('directory.search.agencies')} value={typed} onChange={setTyped} />
              </>
            }
          >
            <ActButton label={words('administration.agencies.add')} icon={IconPlus} run={add} keys="N" />
          </PlaceHead>
        }
        list={<AgencyList rows={rows} openId={agency?.id ?? null} onOpen={open} takesFocus={id === null} />}
      >
        {agency !== null ? (
          <AgencyView key={agency.id} agency={agency}>
            <ActionBar
              label={words('directory.acts')}
              actions={[
                {
                  id: 'administration.agencies.edit',
                  label: words('administration.agencies.edit'),
                  icon: IconPencil,
                  keys: 'S',
                  run: () => {
                    setDescribed({ agency });
                  },
                },
              ]}
            />
          </AgencyView>
        ) : !ready || id === null ? (
          <ListLoading label={words('administration.agencies')} />
        ) : (
          <EmptyState
            icon={IconBuilding}
            title={words('directory.absent')}
            help={words('directory.absent.help')}
          />
        )}
      </ListPlace>
      {described !== null && (
        <AgencyDialog
          agency={described.agency}
          onClose={close}
          onDone={(done) => {
            close();
            open(done);
          }}
        />
      )}
    </>
  );
}
