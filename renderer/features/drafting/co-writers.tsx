import { Button } from '@mantine/core';
import { IconUsersPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { whyNotReceivePapers } from '#shared/directory/public.ts';
import type { Outgoing } from '#shared/documents/public.ts';
import type { Writer } from '#shared/drafting/public.ts';
import { PersonIdSchema, type PersonId } from '#shared/kernel/public.ts';
import { ask, core } from '../../app/client.ts';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { Note, Stack } from '../../ui/gate.tsx';
import { Hint } from '../../ui/hint.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { PeoplePicker } from '../../ui/person-picker.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { colourOf } from './writer-colours.ts';

type CoWritersProps = Readonly<{
  document: Outgoing;
  isMine: boolean;
  others: readonly Writer[];
  /** Whether they are being named, in a dialog. */
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
}>;

/** Who is at the draft now, and for its drafter the way to name who writes it too. */
export function CoWriters({ document, isMine, others, isOpen, onOpen }: CoWritersProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const here = [...new Set(others.map(({ person }) => person))];
  return (
    <>
      {here.length > 0 && (
        <ul className="draft-writers" aria-label={words('drafting.writers.here')}>
          {here.map((person) => (
            <li key={person}>
              <Hint text={nameOf(person)}>
                <span className={`draft-writer ${colourOf(person)}`} role="img" aria-label={nameOf(person)}>
                  {initialsOf(nameOf(person))}
                </span>
              </Hint>
            </li>
          ))}
        </ul>
      )}
      {isMine && (
        <Button
          variant="default"
          leftSection={<IconUsersPlus size="1rem" stroke={1.75} aria-hidden />}
          onClick={() => {
            onOpen(true);
          }}
        >
          {words('drafting.writers')}
          {(document.coWriters ?? []).length > 0 && (
            <span className="tab-count figures">{document.coWriters?.length}</span>
          )}
        </Button>
      )}
      {isOpen && (
        <CoWritersDialog
          document={document}
          onClose={() => {
            onOpen(false);
          }}
        />
      )}
    </>
  );
}

function CoWritersDialog({ document, onClose }: Readonly<{ document: Outgoing; onClose: () => void }>) {
  const words = useWords();
  const { pickable, personOf, nameOf } = useDirectory();
  const before = document.coWriters ?? [];
  const [chosen, setChosen] = useState<readonly PersonId[]>(before);
  const naming = useMutation({
    mutationFn: (next: readonly PersonId[]) =>
      ask(core.drafting.nameCoWriters, { documentId: document.id, people: [...next] }),
    onSuccess: (_reply, next) => {
      toast({
        text:
          next.length === 0
            ? words('drafting.writers.none')
            : words('drafting.writers.named', { names: next.map(nameOf).join(', ') }),
      });
      onClose();
    },
  });
  const save = (): void => {
    if (!naming.isPending) naming.mutate(chosen);
  };
  useControlEnter(save);
  return (
    <DialogFrame onClose={onClose} title={words('drafting.writers')}>
      <Stack>
        <p className="dim">{words('drafting.writers.help')}</p>
        <PeoplePicker
          label={words('drafting.writers.who')}
          placeholder={words('drafting.writers.placeholder')}
          people={pickable().filter(
            ({ id }) => id !== document.drafter && whyNotReceivePapers(personOf(id)) === null,
          )}
          value={chosen}
          onChange={(ids) => {
            setChosen(ids.map((id) => PersonIdSchema.parse(id)));
          }}
        />
        {naming.error !== null && <Note tone="danger">{sentenceOf(naming.error, words)}</Note>}
        <Button
          loading={naming.isPending}
          disabled={chosen.join(' ') === before.join(' ')}
          rightSection={<KeyCaps keys="Ctrl+Enter" />}
          onClick={save}
        >
          {words('drafting.writers.save')}
        </Button>
      </Stack>
    </DialogFrame>
  );
}

/** The last two words of a Vietnamese name, by their first letters: Trần Thị Hương is TH. */
function initialsOf(name: string): string {
  return name
    .split(/\s+/u)
    .slice(-2)
    .map((word) => word.charAt(0))
    .join('')
    .toLocaleUpperCase('vi');
}
