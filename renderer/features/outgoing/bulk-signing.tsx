import { Button, Modal } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useRef, useState, type ReactNode } from 'react';
import { openSteps, type DocumentRow } from '#shared/documents/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import { accepted, core, newCommandId } from '../../app/client.ts';
import { ProgressList, type ProgressItem } from '../../ui/progress-list.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { SigningMoment } from './signing-moment.tsx';

const stopping: ReadonlySet<string> = new Set([
  'signing.wrong-pin',
  'signing.wrong-token-pin',
  'signing.token-locked',
  'signing.token-absent',
  'signing.token-removed',
]);

/** Signs many with one PIN: the list is read first, then one after another; a failure stops only its own. */
export function useBulkSigning(
  rows: readonly DocumentRow[],
  onDone: () => void,
): Readonly<{ button: ReactNode; dialogs: ReactNode }> {
  const words = useWords();
  const { person } = useMe();
  const [asked, setAsked] = useState<readonly DocumentRow[] | null>(null);
  const [items, setItems] = useState<readonly ProgressItem[]>([]);
  const using = useRef({ pin: '', key: '' });
  const stopped = useRef(false);
  const put = (id: string, part: Partial<ProgressItem>): void => {
    setItems((known) => known.map((item) => (item.id === id ? { ...item, ...part } : item)));
  };
  const signAll = async (ids: readonly string[]): Promise<void> => {
    stopped.current = false;
    for (const row of (asked ?? []).filter(({ id }) => ids.includes(id))) {
      if (stopped.current) {
        put(row.id, { state: 'cancelled' });
        continue;
      }
      put(row.id, { state: 'running', sentence: null });
      try {
        await signOne(row, { ...using.current, me: person.id });
        put(row.id, { state: 'done' });
      } catch (error) {
        put(row.id, { state: 'failed', sentence: sentenceOf(error, words) });
        // A wrong PIN is wrong for every one of them, and locks a token: nothing more is tried with it.
        if (error instanceof AppError && stopping.has(error.code)) stopped.current = true;
      }
    }
  };
  const close = (): void => {
    using.current = { pin: '', key: '' };
    stopped.current = true;
    setAsked(null);
    setItems([]);
    onDone();
  };
  const button = rows.length > 0 && (
    <Button
      size="compact-sm"
      leftSection={<IconSignature size="1rem" stroke={1.75} aria-hidden />}
      onClick={() => {
        setAsked(rows);
      }}
    >
      {words('outgoing.bulk.sign', { count: rows.length })}
    </Button>
  );
  if (asked === null) return { button, dialogs: null };
  const label = (row: DocumentRow): string => `${referenceOf(row, words(`kind.${row.kind}`))} ${row.subject}`;
  const dialogs =
    items.length === 0 ? (
      <SigningMoment
        use="person"
        title={words('outgoing.bulk.title', { count: asked.length })}
        documents={asked.map((row) => ({
          id: row.id,
          reference: referenceOf(row, words(`kind.${row.kind}`)),
          title: row.subject,
        }))}
        signingAs={words('outgoing.signAs', { post: person.post, name: person.name })}
        busy={false}
        error={null}
        onClose={close}
        onSign={(pin, key) => {
          using.current = { pin, key };
          setItems(asked.map((row) => ({ id: row.id, label: label(row), state: 'waiting' })));
          void signAll(asked.map(({ id }) => id));
        }}
      />
    ) : (
      <Modal
        opened
        size="36rem"
        onClose={close}
        title={words('outgoing.bulk.title', { count: asked.length })}
        closeButtonProps={{ 'aria-label': words('ui.dialog.close') }}
      >
        <ProgressList
          title={words('outgoing.bulk.progress')}
          items={items}
          onCancel={() => {
            stopped.current = true;
          }}
          onRetry={(ids) => void signAll(ids)}
        />
      </Modal>
    );
  return { button, dialogs };
}

async function signOne(
  { id }: DocumentRow,
  { pin, key, me }: Readonly<{ pin: string; key: string; me: string }>,
): Promise<void> {
  const { document } = await core.documents.page({ documentId: id });
  const steps = document.direction === 'outgoing' ? openSteps(document.circuit) : [];
  const step = steps.find(({ person, elsewhere }) => person === me && elsewhere === undefined);
  if (step === undefined) throw new AppError('workflow.not-your-turn');
  accepted(
    (await core.workflow.signFile({ commandId: newCommandId(), documentId: id, stepId: step.id, pin, key }))
      .reply,
  );
}

function referenceOf({ notation }: DocumentRow, kind: string): string {
  return notation === '' ? kind : notation;
}
