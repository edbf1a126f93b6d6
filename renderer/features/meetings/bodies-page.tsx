import { IconArrowBackUp, IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import { seatsOn, type Body } from '#shared/meetings/public.ts';
import { pathTo } from '../../app/paths.ts';
import { useParams, useRouter } from '../../app/router.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { useShortcut } from '../../ui/commands.tsx';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListPlace } from '../../ui/list-place.tsx';
import { ListRow } from '../../ui/list-row.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useRowsAtHand } from '../../ui/rows-at-hand.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { BodyDialog } from './body-dialog.tsx';
import { BodyView } from './body-view.tsx';
import { bodiesPath, meetingsPath } from './meeting-paths.ts';
import { noBodies, useBodies } from './use-bodies.ts';

/** Tổ chức họp: the bodies that meet, and of one who sits in it and how it decides. */
export function BodiesPage() {
  const words = useWords();
  const { go } = useRouter();
  const { person } = useMe();
  const id = useParams(bodiesPath)?.['id'] ?? null;
  const [founding, setFounding] = useState(false);
  const asked = useBodies();
  const all = useMemo(
    () => (asked.data?.bodies ?? noBodies).toSorted((a, b) => a.name.localeCompare(b.name, 'vi')),
    [asked.data],
  );
  const rows = useRowsAtHand(all, asked);
  const open = all.find((body) => body.id === id) ?? null;
  const maySetUp = whyNotCall('meetings.setUpBody', person) === null;
  const begin = (): void => {
    setFounding(true);
  };
  const back = (): void => {
    go(pathTo(meetingsPath));
  };
  useShortcut({ keys: 'N', label: words('meetings.bodies.new'), run: begin, enabled: maySetUp });
  useShortcut({ keys: 'Escape', label: words('meetings.bodies.back'), run: back });
  return (
    <>
      <ListPlace
        kind="meetings"
        head={
          <PlaceHead title={words('meetings.bodies')}>
            <ActButton label={words('place.meetings')} icon={IconArrowBackUp} second run={back} />
            {maySetUp && (
              <ActButton label={words('meetings.bodies.new.short')} icon={IconPlus} keys="N" run={begin} />
            )}
          </PlaceHead>
        }
        list={
          <DenseList
            label={words('meetings.bodies')}
            rows={rows}
            idOf={(body) => body.id}
            openId={id}
            onOpen={(body) => {
              go(pathTo(bodiesPath, { id: body.id }), { replace: id !== null });
            }}
            openOnMove
            takesFocus={id === null}
            look={{ kind: 'rows', rowRem: 4.5, renderRow: (body) => <Row body={body} /> }}
            empty={
              <EmptyState
                icon={IconUsersGroup}
                title={words('meetings.bodies.empty')}
                help={words(maySetUp ? 'meetings.bodies.empty.help' : 'meetings.bodies.empty.ask')}
              />
            }
          />
        }
      >
        {open === null ? (
          <EmptyState
            icon={IconUsersGroup}
            title={words('meetings.bodies.choose')}
            help={words('meetings.bodies.choose.help')}
          />
        ) : (
          <BodyView key={open.id} body={open} mayChange={maySetUp} />
        )}
      </ListPlace>
      {founding && (
        <BodyDialog
          body={null}
          onClose={() => {
            setFounding(false);
          }}
          onDone={(made) => {
            setFounding(false);
            go(pathTo(bodiesPath, { id: made }));
          }}
        />
      )}
    </>
  );
}

function Row({ body }: Readonly<{ body: Body }>) {
  const words = useWords();
  const { today } = useMoment();
  const { nameOf } = useDirectory();
  const seats = seatsOn(body, today);
  const chair = seats.find(({ post }) => post === 'chair');
  return (
    <ListRow
      lead={chair === undefined ? words('meetings.bodies.noChair') : nameOf(chair.person)}
      title={body.name}
      state={<span className="dim">{words('meetings.bodies.members', { count: seats.length })}</span>}
    />
  );
}
