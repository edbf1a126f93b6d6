import { SegmentedControl } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import { MeetingIdSchema } from '#shared/kernel/public.ts';
import { meetingWhens, type MeetingRow, type MeetingWhen } from '#shared/meetings/public.ts';
import { core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { useParams, useRouter } from '../../app/router.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { useShortcut } from '../../ui/commands.tsx';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListPlace } from '../../ui/list-place.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useListRows } from '../../ui/use-list-rows.ts';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { ConveneDialog } from './convene-dialog.tsx';
import { bodiesPath, meetingsPath } from './meeting-paths.ts';
import { MeetingPlaces } from './meeting-places.tsx';
import { MeetingListRow } from './meeting-row.tsx';
import { MeetingView } from './meeting-view.tsx';
import { noBodies, useBodies } from './use-bodies.ts';

type Filter = Readonly<{ when: MeetingWhen; text: string }>;

/** Cuộc họp: the meetings this person is asked to or prepares, and the one that is open. */
export function MeetingsPage() {
  const words = useWords();
  const { go } = useRouter();
  const { person } = useMe();
  const open = MeetingIdSchema.safeParse(useParams(meetingsPath)?.['id']);
  const [filter, setFilter] = useState<Filter>({ when: 'coming', text: '' });
  const [convening, setConvening] = useState(false);
  const bodies = useBodies().data?.bodies ?? noBodies;
  const rows = useListRows<MeetingRow>(['meetings', 'list', filter], (window) =>
    core.meetings.list({ ...window, ...filter }),
  );
  const mayConvene = whyNotCall('meetings.convene', person) === null;
  const begin = (): void => {
    if (bodies.length === 0) go(pathTo(bodiesPath));
    else setConvening(true);
  };
  useShortcut({ keys: 'N', label: words('meetings.convene'), run: begin, enabled: mayConvene });
  const empty = filter.text === '' ? `meetings.empty.${filter.when}` : 'meetings.nothing';
  return (
    <>
      <ListPlace
        kind="meetings"
        head={
          <PlaceHead
            title={words('place.meetings')}
            count={rows.state === 'ready' ? rows.total : null}
            below={
              <>
                <SearchField
                  label={words('meetings.search')}
                  value={filter.text}
                  onChange={(text) => {
                    setFilter({ ...filter, text });
                  }}
                />
                <SegmentedControl
                  size="xs"
                  aria-label={words('meetings.when')}
                  value={filter.when}
                  onChange={(when) => {
                    setFilter({ ...filter, when: meetingWhens.find((one) => one === when) ?? 'coming' });
                  }}
                  data={meetingWhens.map((when) => ({
                    value: when,
                    label: words(`meetings.when.${when}`),
                  }))}
                />
              </>
            }
          >
            <MeetingPlaces />
            {mayConvene && (
              <ActButton label={words('meetings.convene.short')} icon={IconPlus} keys="N" run={begin} />
            )}
          </PlaceHead>
        }
        list={
          <DenseList
            label={words('place.meetings')}
            rows={rows}
            idOf={idOf}
            openId={open.success ? open.data : null}
            onOpen={({ id }) => {
              go(pathTo(meetingsPath, { id }), { replace: open.success });
            }}
            openOnMove
            takesFocus={!open.success}
            look={{ kind: 'rows', rowRem: 4.5, renderRow: (row) => <MeetingListRow row={row} /> }}
            empty={<EmptyState icon={IconUsersGroup} title={words(empty)} help={words(`${empty}.help`)} />}
          />
        }
      >
        {open.success ? (
          <MeetingView key={open.data} meetingId={open.data} />
        ) : (
          <EmptyState
            icon={IconUsersGroup}
            title={words('meetings.choose')}
            help={words('meetings.choose.help')}
          />
        )}
      </ListPlace>
      {convening && (
        <ConveneDialog
          bodies={bodies}
          places={placesOf(rows)}
          onClose={() => {
            setConvening(false);
          }}
          onConvened={(id) => {
            setConvening(false);
            go(pathTo(meetingsPath, { id }));
          }}
        />
      )}
    </>
  );
}

function idOf({ id }: MeetingRow): string {
  return id;
}

/** Where people met of late, for who calls the next meeting. */
function placesOf({
  total,
  rowAt,
}: Readonly<{ total: number; rowAt: (place: number) => MeetingRow | undefined }>) {
  const rows = Array.from({ length: Math.min(total, 50) }, (_, place) => rowAt(place));
  return rows.flatMap((row) => (row === undefined || row.place === '' ? [] : [row.place]));
}
