import { Button, SegmentedControl } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { DocumentIdSchema } from '#shared/kernel/public.ts';
import type { Hit } from '#shared/search/public.ts';
import { core } from '../../app/client.ts';
import { useParams, useRouter } from '../../app/router.tsx';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListPlace } from '../../ui/list-place.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useRowsAtHand } from '../../ui/rows-at-hand.ts';
import { SearchField } from '../../ui/search-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { DocumentListRow, DocumentView, NoDocumentChosen } from '../documents/public.ts';
import { searchFor, searchPath } from './search-path.ts';
import { seekPath } from './seek-path.ts';
import './search.css';

const pageSize = 60;
const directions = ['all', 'incoming', 'outgoing'] as const;
type Direction = (typeof directions)[number];

/** Tìm: every paper that holds the words, in its fields or on its pages, newest first, with the place it was found. */
export function SearchPage() {
  const words = useWords();
  const { go, location } = useRouter();
  const open = DocumentIdSchema.safeParse(useParams(searchPath)?.['id']);
  const typed = location.search['q'] ?? '';
  const [direction, setDirection] = useState<Direction>('all');
  const asked = useInfiniteQuery({
    queryKey: ['search', typed, direction],
    queryFn: ({ pageParam }) =>
      core.search.find({
        words: typed,
        direction: direction === 'all' ? null : direction,
        offset: pageParam,
        limit: pageSize,
      }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.more ? pages.length * pageSize : null),
    placeholderData: keepPreviousData,
  });
  const hits = useMemo(() => asked.data?.pages.flatMap((page) => page.hits) ?? [], [asked.data]);
  const rows = useRowsAtHand(hits, asked);
  const isAsked = typed !== '';
  return (
    <ListPlace
      kind="search"
      head={
        <PlaceHead
          title={words('place.search')}
          below={
            <>
              <SearchField
                label={words('search.label')}
                value={typed}
                onChange={(text) => {
                  go(searchFor(text), { replace: true });
                }}
              />
              <SegmentedControl
                size="xs"
                aria-label={words('search.direction')}
                value={direction}
                data={directions.map((value) => ({ value, label: words(`search.direction.${value}`) }))}
                onChange={setDirection}
              />
            </>
          }
        >
          {isAsked && rows.state === 'ready' && (
            <span className="dim figures" role="status">
              {words(asked.hasNextPage ? 'search.newest' : 'search.count', { count: hits.length })}
            </span>
          )}
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              go(seekPath);
            }}
          >
            {words('seek.title')}
          </Button>
          {asked.hasNextPage && (
            <Button
              size="compact-sm"
              variant="default"
              loading={asked.isFetchingNextPage}
              onClick={() => void asked.fetchNextPage()}
            >
              {words('search.more')}
            </Button>
          )}
        </PlaceHead>
      }
      list={
        <DenseList
          label={words('search.results')}
          rows={rows}
          idOf={idOf}
          openId={open.success ? open.data : null}
          onOpen={({ document }) => {
            go(searchFor(typed, document.id), { replace: open.success });
          }}
          openOnMove
          look={{ kind: 'rows', rowRem: 6.75, renderRow: (hit) => <HitRow hit={hit} /> }}
          empty={
            <EmptyState
              icon={IconSearch}
              title={words(isAsked ? 'search.nothing' : 'search.empty')}
              help={words(isAsked ? 'search.nothing.help' : 'search.empty.help')}
            />
          }
        />
      }
    >
      {open.success ? <DocumentView id={open.data} /> : <NoDocumentChosen />}
    </ListPlace>
  );
}

/** The paper as in any list, and below it the words where they stand. */
function HitRow({ hit: { document, excerpt } }: Readonly<{ hit: Hit }>) {
  return (
    <>
      <DocumentListRow row={document} />
      <p className="hit-excerpt two-lines dim">
        {excerpt.found !== '' && (
          <>
            … {excerpt.before}
            <mark>{excerpt.found}</mark>
            {excerpt.after} …
          </>
        )}
      </p>
    </>
  );
}

function idOf({ document }: Hit): string {
  return document.id;
}
