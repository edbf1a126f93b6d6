import { SegmentedControl } from '@mantine/core';
import { IconEyeCheck, IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DocumentRow } from '#shared/documents/public.ts';
import { DocumentIdSchema } from '#shared/kernel/public.ts';
import type { Supervision } from '#shared/workflow/public.ts';
import { core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { useParams, useRouter } from '../../app/router.tsx';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListPlace } from '../../ui/list-place.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useRowsAtHand } from '../../ui/rows-at-hand.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { DocumentListRow, DocumentView, NoDocumentChosen } from '../documents/public.ts';
import { HeldPane } from './held-pane.tsx';
import { LoadList, useLoads, type Load } from './load-list.tsx';

export const oversightPath = '/theo-doi/:id?';
const views = ['late', 'unowned', 'units', 'people'] as const;
type View = (typeof views)[number];
const none: Supervision = { units: [], people: [], late: [], unowned: [] };

/** Theo dõi: what is late and who holds it, what nobody was given, who has how much. */
export function OversightPage() {
  const words = useWords();
  const { go } = useRouter();
  const open = DocumentIdSchema.safeParse(useParams(oversightPath)?.['id']);
  const [view, setView] = useState<View>('late');
  const [chosen, setChosen] = useState<Load | null>(null);
  const asked = useQuery({
    queryKey: ['workflow', 'overview'],
    queryFn: () => core.workflow.overview({}),
  });
  const supervision = asked.data ?? none;
  const papers = useRowsAtHand(view === 'unowned' ? supervision.unowned : supervision.late, asked);
  const loads = useLoads(supervision, view === 'units' ? 'unit' : 'person', asked);
  const isOfPapers = view === 'late' || view === 'unowned';
  return (
    <ListPlace
      kind="oversight"
      head={
        <PlaceHead
          title={words('place.oversight')}
          count={isOfPapers && papers.state === 'ready' ? papers.total : null}
          below={
            <SegmentedControl
              size="xs"
              fullWidth
              w="100%"
              aria-label={words('oversight.view')}
              value={view}
              data={views.map((one) => ({
                value: one,
                label:
                  one === 'late' || one === 'unowned'
                    ? words('oversight.view.counted', {
                        view: words(`oversight.view.${one}`),
                        count: supervision[one].length,
                      })
                    : words(`oversight.view.${one}`),
              }))}
              onChange={(picked) => {
                setView(picked);
                setChosen(null);
                go(pathTo(oversightPath), { replace: true });
              }}
            />
          }
        />
      }
      list={
        isOfPapers ? (
          <DenseList
            key={view}
            label={words(`oversight.view.${view}`)}
            rows={papers}
            idOf={idOf}
            openId={open.success ? open.data : null}
            onOpen={(row) => {
              go(pathTo(oversightPath, { id: row.id }), { replace: open.success });
            }}
            openOnMove
            takesFocus={!open.success}
            look={{ kind: 'rows', rowRem: 4.5, renderRow: (row) => <HolderRow row={row} /> }}
            empty={
              <EmptyState
                icon={IconEyeCheck}
                title={words(`oversight.empty.${view}`)}
                help={words(`oversight.empty.${view}.help`)}
              />
            }
          />
        ) : (
          <LoadList
            key={view}
            label={words(`oversight.view.${view}`)}
            rows={loads}
            chosen={chosen}
            onChoose={setChosen}
          />
        )
      }
    >
      {endOf()}
    </ListPlace>
  );

  function endOf() {
    if (isOfPapers && open.success) return <DocumentView id={open.data} />;
    if (!isOfPapers && chosen !== null) return <HeldPane key={chosen.id} by={chosen} />;
    if (isOfPapers) return <NoDocumentChosen />;
    return (
      <EmptyState
        icon={IconFileText}
        title={words('oversight.choose')}
        help={words('oversight.choose.help')}
      />
    );
  }
}

/** A paper with who holds it, in place of its state. */
function HolderRow({ row }: Readonly<{ row: DocumentRow }>) {
  const words = useWords();
  const { holderName } = useDirectory();
  const holder = holderName(row.holder);
  if (holder === null) return <DocumentListRow row={row} />;
  return (
    <DocumentListRow row={row} asked={<StateMark label={words('oversight.heldBy', { name: holder })} />} />
  );
}

function idOf({ id }: DocumentRow): string {
  return id;
}
