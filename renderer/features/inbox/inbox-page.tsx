import { SegmentedControl } from '@mantine/core';
import { IconChecklist, IconFileText } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DocumentRow, InboxItem } from '#shared/documents/public.ts';
import { DocumentIdSchema, type DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { useParams, useRouter } from '../../app/router.tsx';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { useListRows, type ListRows } from '../../ui/use-list-rows.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { DocumentListRow, DocumentView, nextArrival, rememberArrivals } from '../documents/public.ts';
import { useBulkSigning } from '../outgoing/public.ts';
import { useMe } from '../session/public.ts';

export const inboxPath = '/viec-cua-toi/:id?';
const sides = ['mine', 'waiting'] as const;
const nothing: ReadonlySet<string> = new Set();
type Side = (typeof sides)[number];

/** Việc của tôi: what waits for this person in any of their roles, late first, and what they wait for. */
export function InboxPage() {
  const words = useWords();
  const client = useQueryClient();
  const { go } = useRouter();
  const { has } = useMe();
  const params = useParams(inboxPath);
  const open = DocumentIdSchema.safeParse(params?.['id']);
  const [side, setSide] = useState<Side>('mine');
  const rows = useListRows<InboxItem>(['documents', 'inbox', side], async ({ offset, limit }) => {
    const { items, total } = await core.documents.inbox({ offset, limit, side });
    return { rows: items, total };
  });
  const isClerk = has('clerk');
  const [selected, setSelected] = useState<ReadonlySet<string>>(nothing);
  const bulk = useBulkSigning(toSign(rows, selected), () => {
    setSelected(nothing);
  });
  const maySign = side === 'mine' && (has('leader') || has('chief'));
  const goOn = (id: DocumentId): void => {
    void nextArrival(client, id).then((next) => {
      go(pathTo(inboxPath, next === null ? {} : { id: next }), { replace: true });
    });
  };
  return (
    <SplitPanes
      name="list"
      sized="start"
      width={{ initial: 24, min: 18, max: 44 }}
      start={
        <div className="place">
          <PlaceHead
            title={words('place.inbox')}
            count={rows.state === 'ready' ? rows.total : null}
            selected={selected.size}
            onClear={() => {
              setSelected(nothing);
            }}
            bulk={bulk.button}
            below={
              <SegmentedControl
                size="xs"
                fullWidth
                w="100%"
                aria-label={words('inbox.side')}
                value={side}
                data={sides.map((one) => ({ value: one, label: words(`inbox.side.${one}`) }))}
                onChange={(chosen) => {
                  setSide(chosen);
                  setSelected(nothing);
                }}
              />
            }
          />
          <div className="place-list">
            <DenseList
              key={side}
              label={words(`inbox.side.${side}`)}
              rows={rows}
              idOf={idOf}
              openId={open.success ? open.data : null}
              onOpen={(item) => {
                if (isClerk) void rememberArrivals(client);
                go(pathTo(inboxPath, { id: item.document.id }), { replace: open.success });
              }}
              openOnMove={!isClerk}
              {...(maySign ? { selected, onSelect: setSelected } : {})}
              takesFocus={!open.success}
              look={{ kind: 'rows', rowRem: 4.5, renderRow: (item) => <InboxRow item={item} /> }}
              empty={
                <EmptyState
                  icon={IconChecklist}
                  title={words(`inbox.empty.${side}`)}
                  help={words(`inbox.empty.${side}.help`)}
                />
              }
            />
          </div>
          {bulk.dialogs}
        </div>
      }
      end={
        open.success ? (
          <DocumentView id={open.data} takesFocus={isClerk} onRegistered={goOn} />
        ) : (
          <EmptyState
            icon={IconFileText}
            title={words('documents.choose')}
            help={words('documents.choose.help')}
          />
        )
      }
    />
  );
}

/** What is asked, or of whom; then the document. */
function InboxRow({ item }: Readonly<{ item: InboxItem }>) {
  const words = useWords();
  const { holderName } = useDirectory();
  const holder = holderName(item.document.holder);
  const label =
    item.why === 'wait' && holder !== null
      ? words('inbox.waitsFor', { name: holder })
      : words(`inbox.why.${item.why}`);
  const mine = item.why !== 'wait';
  return (
    <DocumentListRow
      row={item.document}
      asked={<StateMark label={label} tone={mine ? 'action' : 'plain'} waiting={mine} />}
      unread={mine}
      at={item.since}
      due={item.dueOn}
    />
  );
}

/** The selected papers that wait for this person's own signature or initials. */
function toSign(rows: ListRows<InboxItem>, selected: ReadonlySet<string>): readonly DocumentRow[] {
  const found: DocumentRow[] = [];
  for (let place = 0; selected.size > 0 && place < rows.total; place += 1) {
    const item = rows.rowAt(place);
    if (item === undefined || !selected.has(item.document.id)) continue;
    if (item.why === 'sign' || item.why === 'initials') found.push(item.document);
  }
  return found;
}

function idOf({ document }: InboxItem): string {
  return document.id;
}
