import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { AppError } from '#shared/kernel/public.ts';
import type { RefusedCommand } from '#shared/sync/public.ts';
import { accepted, core, newCommandId } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { Link } from '../../app/router.tsx';
import { Note } from '../../ui/gate.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { BothVersions } from './both-versions.tsx';

const inboxAt = '/viec-cua-toi/:id?';

type AttentionItemProps = Readonly<{ item: RefusedCommand; after: readonly RefusedCommand[] }>;

/** One refused thing with what was done on top of it: why, both versions, and three ways out. */
export function AttentionItem({ item, after }: AttentionItemProps) {
  const words = useWords();
  const client = useQueryClient();
  const { refusal, document, subject } = item;
  const all = [item, ...after];
  const lookAgain = () => client.invalidateQueries({ queryKey: ['sync'] });
  const again = useMutation({
    mutationFn: async () => {
      // In their order, and no further than the first that is refused again.
      for (const { commandId: refused } of all) {
        accepted((await core.sync.again({ commandId: newCommandId(), refused })).reply);
      }
    },
    onSuccess: () => {
      toast({ text: words('sync.attention.again.done') });
    },
    onSettled: lookAgain,
  });
  const givingUp = useMutation({
    mutationFn: async () => {
      for (const { commandId: refused } of all.toReversed()) await core.sync.giveUp({ refused });
    },
    onSettled: lookAgain,
  });
  const fault = again.error ?? givingUp.error;
  return (
    <li>
      <div className="attention-what">
        <p>
          <strong>{words(`command.${item.name}`)}</strong>
          {subject !== null && ` · ${subject}`}
        </p>
        <p>{sentenceOf(new AppError(refusal.code, refusal.params), words)}</p>
        <BothVersions item={item} />
        {after.length > 0 && (
          <div>
            <p className="dim">{words('sync.attention.with', { count: after.length })}</p>
            <ul className="attention-after">
              {after.map((one) => (
                <li key={one.commandId}>
                  {words(`command.${one.name}`)} · <RelativeTime at={one.claimedAt} />
                </li>
              ))}
            </ul>
          </div>
        )}
        {fault !== null && <Note tone="danger">{sentenceOf(fault, words)}</Note>}
      </div>
      <div className="attention-acts">
        <Button
          size="compact-sm"
          variant="default"
          loading={again.isPending}
          onClick={() => {
            again.mutate();
          }}
        >
          {words('sync.attention.again')}
        </Button>
        {document !== null && (
          <Link to={pathTo(inboxAt, { id: document })} className="attention-open">
            {words('sync.attention.look')}
          </Link>
        )}
        <Button
          size="compact-sm"
          variant="default"
          loading={givingUp.isPending}
          onClick={() => {
            givingUp.mutate();
          }}
        >
          {words('sync.attention.giveUp')}
        </Button>
      </div>
    </li>
  );
}
