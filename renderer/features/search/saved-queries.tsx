import { Button, Menu } from '@mantine/core';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SoughtQuery } from '#shared/search/public.ts';
import { core } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';

type Props = Readonly<{ query: SoughtQuery; onOpen: (query: SoughtQuery) => void }>;

/** Questions kept by name: asked again, kept anew, or given up. */
export function SavedQueries({ query, onOpen }: Props) {
  const words = useWords();
  const [naming, setNaming] = useState(false);
  const asked = useQuery({ queryKey: ['search', 'saved'], queryFn: () => core.search.saved({}) });
  const saved = asked.data?.saved ?? [];
  const onError = (error: unknown): void => {
    toast({ text: sentenceOf(error, words), tone: 'danger' });
  };
  const forgetting = useMutation({
    mutationFn: (name: string) => core.search.forget({ name }),
    onSuccess: () => asked.refetch(),
    onError,
  });
  return (
    <>
      <Menu withinPortal position="bottom-end">
        <Menu.Target>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconBookmark size="1rem" stroke={1.75} aria-hidden />}
          >
            {words('seek.saved')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-label={words('seek.saved')}>
          <Menu.Item
            onClick={() => {
              setNaming(true);
            }}
          >
            {words('seek.keep')}
          </Menu.Item>
          {saved.length > 0 && <Menu.Divider />}
          {saved.map((one) => (
            <Menu.Item
              key={one.name}
              onClick={() => {
                onOpen(one.query);
              }}
            >
              {one.name}
            </Menu.Item>
          ))}
          {saved.length > 0 && <Menu.Divider />}
          {saved.map(({ name }) => (
            <Menu.Item
              key={name}
              color="red"
              leftSection={<IconTrash size="1rem" stroke={1.75} aria-hidden />}
              onClick={() => {
                forgetting.mutate(name);
              }}
            >
              {words('seek.forget', { name })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <NameDialog
          query={query}
          onClose={() => {
            setNaming(false);
          }}
          onKept={() => {
            setNaming(false);
            void asked.refetch();
          }}
        />
      )}
    </>
  );
}

type NameProps = Readonly<{ query: SoughtQuery; onClose: () => void; onKept: () => void }>;

function NameDialog({ query, onClose, onKept }: NameProps) {
  const words = useWords();
  const [name, setName] = useState('');
  const keeping = useMutation({
    mutationFn: () => core.search.save({ name: name.trim(), query }),
    onSuccess: onKept,
  });
  return (
    <FormDialog
      title={words('seek.keep')}
      confirm={words('seek.keep')}
      onClose={onClose}
      busy={keeping.isPending}
      error={keeping.error === null ? null : sentenceOf(keeping.error, words)}
      blocked={name.trim() === ''}
      onSubmit={() => {
        keeping.mutate();
      }}
    >
      <TextField
        label={words('seek.name')}
        value={name}
        onChange={setName}
        required
        takesFocus
        maxLength={100}
      />
    </FormDialog>
  );
}
