import { IconCircleCheck } from '@tabler/icons-react';
import type { Held } from '#shared/workflow/public.ts';
import { PersonIdSchema, UnitIdSchema } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { useRouter } from '../../app/router.tsx';
import { DenseList } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { useListRows } from '../../ui/use-list-rows.ts';
import { useWords } from '../../ui/use-words.ts';
import { DocumentListRow } from '../documents/public.ts';
import type { Load } from './load-list.tsx';

/** What one person, or one unit and its people, have on their hands; a line opens its paper. */
export function HeldPane({ by }: Readonly<{ by: Load }>) {
  const words = useWords();
  const { go } = useRouter();
  const holder =
    by.kind === 'person'
      ? { kind: by.kind, id: PersonIdSchema.parse(by.id) }
      : { kind: by.kind, id: UnitIdSchema.parse(by.id) };
  const rows = useListRows<Held>(['workflow', 'held', by.kind, by.id], (window) =>
    core.workflow.held({ by: holder, ...window }),
  );
  return (
    <section className="held-pane" aria-labelledby="held-by">
      <header className="held-head">
        <h2 id="held-by">{by.name}</h2>
        <p className="dim figures">
          {words('oversight.load', { open: by.open, soon: by.soon, late: by.late, done: by.done })}
        </p>
      </header>
      <div className="place-list">
        <DenseList
          label={words('oversight.held', { name: by.name })}
          rows={rows}
          idOf={({ task }) => task}
          openId={null}
          onOpen={({ document }) => {
            go(`/van-ban-den/${document.id}`);
          }}
          look={{ kind: 'rows', rowRem: 4.5, renderRow: (held) => <HeldRow held={held} /> }}
          empty={
            <EmptyState
              icon={IconCircleCheck}
              title={words('oversight.empty.held')}
              help={words('oversight.empty.held.help')}
            />
          }
        />
      </div>
    </section>
  );
}

function HeldRow({ held }: Readonly<{ held: Held }>) {
  const words = useWords();
  return (
    <DocumentListRow
      row={held.document}
      due={held.dueOn}
      asked={<StateMark label={words(`state.task.${held.state}`)} />}
    />
  );
}
