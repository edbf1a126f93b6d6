import { IconSignature } from '@tabler/icons-react';
import { useRef, useState, type ReactNode } from 'react';
import { openSteps, type DocumentRow } from '#shared/documents/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import { accepted, core, newCommandId } from '../../app/client.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { ProgressList, type ProgressItem } from '../../ui/progress-list.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { SigningMoment } from './signing-moment.tsx';

/** What makes every further paper of the batch fail as well. */
const stopping: ReadonlySet<string> = new Set([
  'signing.batch-over',
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
  const [opening, setOpening] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const batch = useRef<string | null>(null);
  const stopped = useRef(false);
  const label = (row: DocumentRow): string => `${referenceOf(row, words(`kind.${row.kind}`))} ${row.subject}`;
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
        await signOne(row, { batch: batch.current ?? '', me: person.id });
        put(row.id, { state: 'done' });
      } catch (failure) {
        put(row.id, { state: 'failed', sentence: sentenceOf(failure, words) });
        if (failure instanceof AppError && stopping.has(failure.code)) stopped.current = true;
      }
    }
  };
  /** The one PIN opens the key; it is not kept here, and the key stays open until this is closed. */
  const begin = async (rowsToSign: readonly DocumentRow[], pin: string, key: string): Promise<void> => {
    setOpening(true);
    setError(null);
    try {
      batch.current = (await core.signing.beginBatch({ pin, key })).batch;
    } catch (failure) {
      setError(sentenceOf(failure, words));
      return;
    } finally {
      setOpening(false);
    }
    setItems(rowsToSign.map((row) => ({ id: row.id, label: label(row), state: 'waiting' })));
    await signAll(rowsToSign.map(({ id }) => id));
  };
  const close = (): void => {
    // Without an answer the core shuts the key itself.
    if (batch.current !== null) void core.signing.endBatch({ batch: batch.current }).catch(() => undefined);
    batch.current = null;
    stopped.current = true;
    setError(null);
    setAsked(null);
    setItems([]);
    onDone();
  };
  const button = rows.length > 0 && (
    <ActButton
      label={words('outgoing.bulk.sign', { count: rows.length })}
      icon={IconSignature}
      run={() => {
        setAsked(rows);
      }}
    />
  );
  if (asked === null) return { button, dialogs: null };
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
        busy={opening}
        error={error}
        onClose={close}
        onSign={(pin, key) => void begin(asked, pin, key)}
      />
    ) : (
      <DialogFrame size="36rem" onClose={close} title={words('outgoing.bulk.title', { count: asked.length })}>
        <ProgressList
          title={words('outgoing.bulk.progress')}
          items={items}
          onCancel={() => {
            stopped.current = true;
          }}
          onRetry={(ids) => void signAll(ids)}
        />
      </DialogFrame>
    );
  return { button, dialogs };
}

async function signOne(
  { id }: DocumentRow,
  { batch, me }: Readonly<{ batch: string; me: string }>,
): Promise<void> {
  const { document } = await core.documents.page({ documentId: id });
  const steps = document.direction === 'outgoing' ? openSteps(document.circuit) : [];
  const step = steps.find(({ person, elsewhere }) => person === me && elsewhere === undefined);
  if (step === undefined) throw new AppError('workflow.not-your-turn');
  const asked = { commandId: newCommandId(), documentId: id, stepId: step.id, batch };
  accepted((await core.workflow.signFile(asked)).reply);
}

function referenceOf({ notation }: DocumentRow, kind: string): string {
  return notation === '' ? kind : notation;
}
