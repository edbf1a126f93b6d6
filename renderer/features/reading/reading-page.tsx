import { IconBook, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReadingRow } from '#shared/reading/public.ts';
import { core } from '../../app/client.ts';
import { ExportMenu } from '../../app/export-menu.tsx';
import { pathTo } from '../../app/paths.ts';
import { useParams, useRouter } from '../../app/router.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { useShortcut } from '../../ui/commands.tsx';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListPlace } from '../../ui/list-place.tsx';
import { ListRow } from '../../ui/list-row.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useRowsAtHand } from '../../ui/rows-at-hand.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { AskDialog } from './ask-dialog.tsx';
import { stateOf } from './reading-state.ts';
import { ReadingView } from './reading-view.tsx';

export const readingPath = '/phong-doc/:id?';

const none: readonly ReadingRow[] = [];

/** Phòng đọc: requests to read what is at the archive, what became of them, and the pages of what was lent. */
export function ReadingPage() {
  const words = useWords();
  const { go } = useRouter();
  const id = useParams(readingPath)?.['id'] ?? null;
  const [asking, setAsking] = useState(false);
  const asked = useQuery({ queryKey: ['reading', 'list'], queryFn: () => core.reading.list({}) });
  const all = asked.data?.rows ?? none;
  const rows = useRowsAtHand(all, asked);
  const mayLend = asked.data?.mayLend === true;
  const open = all.find((row) => row.id === id) ?? null;
  const begin = (): void => {
    setAsking(true);
  };
  useShortcut({ keys: 'N', label: words('reading.ask'), run: begin });
  return (
    <>
      <ListPlace
        kind="reading"
        head={
          <PlaceHead title={words('place.reading')} count={rows.state === 'ready' ? rows.total : null}>
            {mayLend && (
              <ExportMenu what={words('reading.book')} make={(form) => core.reading.exportBook({ form })} />
            )}
            <ActButton label={words('reading.ask')} icon={IconPlus} keys="N" run={begin} />
          </PlaceHead>
        }
        list={
          <DenseList
            label={words('place.reading')}
            rows={rows}
            idOf={(row) => row.id}
            openId={id}
            onOpen={(row) => {
              go(pathTo(readingPath, { id: row.id }), { replace: id !== null });
            }}
            openOnMove
            takesFocus={id === null}
            look={{ kind: 'rows', rowRem: 4.5, renderRow: (row) => <Row row={row} /> }}
            empty={
              <EmptyState icon={IconBook} title={words('reading.empty')} help={words('reading.empty.help')} />
            }
          />
        }
      >
        {open === null ? (
          <EmptyState icon={IconBook} title={words('reading.choose')} help={words('reading.choose.help')} />
        ) : (
          <ReadingView key={open.id} reading={open} mayLend={mayLend} />
        )}
      </ListPlace>
      {asking && (
        <AskDialog
          onClose={() => {
            setAsking(false);
          }}
          onAsked={(made) => {
            setAsking(false);
            go(pathTo(readingPath, { id: made }));
          }}
        />
      )}
    </>
  );
}

function Row({ row }: Readonly<{ row: ReadingRow }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  return (
    <ListRow
      lead={nameOf(row.reader)}
      title={row.title === '' ? row.wanted : row.title}
      at={row.askedAt}
      state={<StateMark label={stateOf(row, words)} tone={row.readable ? 'action' : 'plain'} />}
    />
  );
}
