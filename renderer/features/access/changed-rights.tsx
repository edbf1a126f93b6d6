import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { RightChange } from '#shared/access/public.ts';
import { DelegationIdSchema, PersonIdSchema } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { DenseList, type Column } from '../../ui/dense-list.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useRowsAtHand } from '../../ui/rows-at-hand.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import '../../ui/filters-in-line.css';

/** Rights that were changed and that nobody has confirmed yet (NĐ 30 PL6 3). */
export function useChangedRights() {
  const asked = useQuery({ queryKey: ['access', 'rights'], queryFn: () => core.access.rights({}) });
  return { asked, changes: asked.data?.changes ?? [] };
}

const none: readonly RightChange[] = [];

/** Each changed right with who changed it; one button says of all that may be confirmed here that they were meant. */
export function ChangedRights() {
  const words = useWords();
  const { nameOf, personOf, unitName } = useDirectory();
  const { asked } = useChangedRights();
  const changes = asked.data?.changes ?? none;
  const rows = useRowsAtHand(changes, asked);
  const own = changes.filter(({ mayConfirm }) => mayConfirm);
  const confirming = useMutation({
    mutationFn: async (chosen: readonly RightChange[]) => {
      const ids = (kind: RightChange['on']['kind']) =>
        chosen.filter(({ on }) => on.kind === kind).map(({ on }) => on.id);
      const body = {
        people: ids('person').map((id) => PersonIdSchema.parse(id)),
        delegations: ids('delegation').map((id) => DelegationIdSchema.parse(id)),
      };
      await ask(core.directory.confirmRights, body);
    },
    onError: (error: unknown) => toast({ text: sentenceOf(error, words), tone: 'danger' }),
    onSettled: () => asked.refetch(),
  });
  const rightsOf = ({ on, person }: RightChange): string => {
    const found = personOf(person);
    if (on.kind === 'delegation' || found === null) return words('access.rights.delegation');
    const roles = found.roles.map((role) => words(`role.${role}`)).join(', ');
    return words(found.active ? 'access.rights.roles' : 'access.rights.left', {
      roles,
      unit: unitName(found.unit),
    });
  };
  const columns: readonly Column<RightChange>[] = [
    {
      key: 'whose',
      title: words('access.rights.whose'),
      width: 14,
      renderCell: ({ person }) => nameOf(person),
    },
    {
      key: 'now',
      title: words('access.rights.now'),
      width: 18,
      grow: true,
      renderCell: (row) => <span className="one-line">{rightsOf(row)}</span>,
    },
    { key: 'by', title: words('access.rights.by'), width: 14, renderCell: ({ by }) => nameOf(by) },
    {
      key: 'confirm',
      title: '',
      width: 9,
      renderCell: (row) =>
        row.mayConfirm ? (
          <Button size="compact-xs" variant="default" onClick={() => confirming.mutate([row])}>
            {words('access.rights.confirm')}
          </Button>
        ) : (
          <span className="dim">{words('access.rights.another')}</span>
        ),
    },
  ];
  return (
    <>
      {own.length > 1 && (
        <div className="filters-in-line">
          <Button size="compact-sm" loading={confirming.isPending} onClick={() => confirming.mutate(own)}>
            {words('access.rights.confirmAll', { count: own.length })}
          </Button>
        </div>
      )}
      <DenseList
        label={words('access.view.rights')}
        rows={rows}
        idOf={({ on }) => `${on.kind} ${on.id}`}
        openId={null}
        onOpen={(row) => {
          if (row.mayConfirm) confirming.mutate([row]);
        }}
        look={{ kind: 'columns', columns }}
        empty={
          <EmptyState
            icon={IconShieldCheck}
            title={words('access.rights.empty')}
            help={words('access.rights.empty.help')}
          />
        }
      />
    </>
  );
}
