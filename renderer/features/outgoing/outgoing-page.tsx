import { Button } from '@mantine/core';
import { IconFilePlus, IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import type { DocumentRow } from '#shared/documents/public.ts';
import { DocumentIdSchema } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { useParams, useRouter } from '../../app/router.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { useShortcut } from '../../ui/commands.tsx';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListPlace } from '../../ui/list-place.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useListRows } from '../../ui/use-list-rows.ts';
import { useWords } from '../../ui/use-words.ts';
import { DocumentListRow, DocumentView, NoDocumentChosen } from '../documents/public.ts';
import { draftPath } from '../drafting/public.ts';
import { OutgoingFilters, statesOf, type OutgoingFilter } from './outgoing-filters.tsx';

export const outgoingPath = '/van-ban-di/:id?';

/** Văn bản đi: our papers from draft to issue, the document beside the list. */
export function OutgoingPage() {
  const words = useWords();
  const { go } = useRouter();
  const open = DocumentIdSchema.safeParse(useParams(outgoingPath)?.['id']);
  const [filter, setFilter] = useState<OutgoingFilter>({ stage: 'all', year: null, text: '' });
  const states = statesOf[filter.stage];
  const rows = useListRows<DocumentRow>(['documents', 'outgoing', filter], ({ offset, limit }) =>
    core.documents.outgoing({
      offset,
      limit,
      states: states === null ? null : [...states],
      year: filter.year,
      text: filter.text,
    }),
  );
  const draft = (): void => {
    go(pathTo(draftPath));
  };
  useShortcut({ keys: 'N', label: words('outgoing.new'), run: draft });
  const isFiltered = filter.text !== '' || filter.stage !== 'all' || filter.year !== null;
  return (
    <ListPlace
      head={
        <PlaceHead
          title={words('place.outgoing')}
          count={rows.state === 'ready' ? rows.total : null}
          below={<OutgoingFilters filter={filter} onChange={setFilter} />}
        >
          <ActButton label={words('outgoing.new')} icon={IconFilePlus} keys="N" run={draft} />
        </PlaceHead>
      }
      list={
        <DenseList
          label={words('place.outgoing')}
          rows={rows}
          idOf={idOf}
          openId={open.success ? open.data : null}
          onOpen={(row) => {
            go(pathTo(outgoingPath, { id: row.id }), { replace: open.success });
          }}
          openOnMove
          takesFocus={!open.success}
          look={{ kind: 'rows', rowRem: 4.5, renderRow: (row) => <DocumentListRow row={row} /> }}
          empty={
            isFiltered ? (
              <EmptyState
                icon={IconFileText}
                title={words('outgoing.nothing')}
                help={words('outgoing.nothing.help')}
              />
            ) : (
              <EmptyState
                icon={IconFileText}
                title={words('outgoing.empty')}
                help={words('outgoing.empty.help')}
              >
                <Button onClick={draft}>{words('outgoing.new')}</Button>
              </EmptyState>
            )
          }
        />
      }
    >
      {open.success ? <DocumentView id={open.data} /> : <NoDocumentChosen />}
    </ListPlace>
  );
}

function idOf(row: DocumentRow): string {
  return row.id;
}
