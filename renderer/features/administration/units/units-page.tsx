import { IconBinaryTree, IconCalendarOff, IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Unit } from '#shared/directory/public.ts';
import { pathTo } from '../../../app/paths.ts';
import { useParams, useRouter } from '../../../app/router.tsx';
import { ActButton } from '../../../ui/act-button.tsx';
import { ActionBar } from '../../../ui/action-bar.tsx';
import { useCommands } from '../../../ui/commands.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ListPlace } from '../../../ui/list-place.tsx';
import { useMoment } from '../../../ui/moment-context.tsx';
import { PlaceHead } from '../../../ui/place-head.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { UnitList, UnitView, hasEnded, useDirectory, useUnitRows } from '../../directory/public.ts';
import { AdminTabs } from '../admin-tabs.tsx';
import { personAdminPath, unitAdminPath } from '../admin-paths.ts';
import { EndUnitDialog } from './end-unit-dialog.tsx';
import type { UnitDescribed } from './unit-form.ts';
import { UnitDialog } from './unit-dialog.tsx';

type Doing = UnitDescribed | Readonly<{ kind: 'end'; unit: Unit }>;

/** Quản trị › Đơn vị: the units as a tree, and beside it one of them with what may be done to it. */
export function UnitsPage() {
  const words = useWords();
  const { go } = useRouter();
  const { units } = useDirectory();
  const id = useParams(unitAdminPath)?.['id'] ?? null;
  const [typed, setTyped] = useState('');
  const [doing, setDoing] = useState<Doing | null>(null);
  const rows = useUnitRows(typed);
  const unit = units.find((one) => one.id === id);
  const open = (next: string): void => {
    go(pathTo(unitAdminPath, { id: next }), { replace: id !== null });
  };
  const add = (): void => {
    setDoing({ kind: 'new', under: null });
  };
  const close = (): void => {
    setDoing(null);
  };
  useCommands([
    {
      id: 'administration.units.add',
      label: words('administration.units.add'),
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
            title={words('administration.units')}
            count={rows.state === 'ready' ? rows.total : null}
            below={
              <>
                <AdminTabs />
                <SearchField label={words('directory.search.units')} value={typed} onChange={setTyped} />
              </>
            }
          >
            <ActButton label={words('administration.units.add')} icon={IconPlus} run={add} keys="N" />
          </PlaceHead>
        }
        list={<UnitList rows={rows} openId={id} onOpen={open} takesFocus={id === null} />}
      >
        {unit === undefined ? (
          <EmptyState
            icon={IconBinaryTree}
            title={words('administration.units.none')}
            help={words('administration.units.none.help')}
          />
        ) : (
          <UnitView
            key={unit.id}
            unit={unit}
            unitPath={(next) => pathTo(unitAdminPath, { id: next })}
            personPath={(next) => pathTo(personAdminPath, { id: next })}
          >
            <UnitActs unit={unit} onDo={setDoing} />
          </UnitView>
        )}
      </ListPlace>
      {doing?.kind === 'end' && <EndUnitDialog unit={doing.unit} onClose={close} />}
      {(doing?.kind === 'new' || doing?.kind === 'edit') && (
        <UnitDialog
          described={doing}
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

function UnitActs({ unit, onDo }: Readonly<{ unit: Unit; onDo: (doing: Doing) => void }>) {
  const words = useWords();
  const { today } = useMoment();
  const ended = hasEnded(unit, today) ? { reason: words('administration.units.ended') } : null;
  return (
    <ActionBar
      label={words('directory.acts')}
      actions={[
        {
          id: 'administration.units.edit',
          label: words('administration.units.edit'),
          icon: IconPencil,
          keys: 'S',
          run: () => {
            onDo({ kind: 'edit', unit });
          },
        },
        {
          id: 'administration.units.addUnder',
          label: words('administration.units.addUnder'),
          icon: IconPlus,
          whyNot: ended,
          run: () => {
            onDo({ kind: 'new', under: unit.id });
          },
        },
        {
          id: 'administration.units.end',
          label: words('administration.units.end'),
          icon: IconCalendarOff,
          // Red only where it can be done.
          ...(ended === null ? { danger: true } : { whyNot: ended }),
          run: () => {
            onDo({ kind: 'end', unit });
          },
        },
      ]}
    />
  );
}
