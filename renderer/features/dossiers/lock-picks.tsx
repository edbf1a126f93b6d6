import { Checkbox } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DocumentIdSchema, type DocumentId, type DossierId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';

export type Picked<Id> = Readonly<{ id: Id; label: string }>;

type PickProps<Id> = Readonly<{
  picked: readonly Picked<Id>[];
  onPick: (picked: readonly Picked<Id>[]) => void;
}>;

const foundAtMost = 20;

/** Whole files by words of their code or title. */
export function FilePick(props: PickProps<DossierId>) {
  const words = useWords();
  const [text, setText] = useState('');
  const { data } = useQuery({
    queryKey: ['holds', 'find', text],
    queryFn: () => core.holds.find({ text }),
    placeholderData: keepPreviousData,
  });
  const files = (data?.files ?? []).slice(0, foundAtMost);
  return (
    <SearchPick
      {...props}
      label={words('holds.field.files', { count: props.picked.length })}
      group={words('holds.files')}
      text={text}
      onText={setText}
      found={files.map(({ id, code, title }) => ({ id, label: `${code} · ${title}` }))}
    />
  );
}

/** Single papers by any words of theirs; only what this person reads. */
export function PaperPick(props: PickProps<DocumentId>) {
  const words = useWords();
  const [text, setText] = useState('');
  const { data } = useQuery({
    queryKey: ['search', 'to-freeze', text],
    queryFn: () => core.search.find({ words: text, offset: 0, limit: foundAtMost }),
    placeholderData: keepPreviousData,
    enabled: text.trim() !== '',
  });
  const hits = text.trim() === '' ? [] : (data?.hits ?? []);
  return (
    <SearchPick
      {...props}
      label={words('holds.field.papers', { count: props.picked.length })}
      group={words('holds.papers')}
      text={text}
      onText={setText}
      found={hits.map(({ document: { id, notation, subject } }) => ({
        id: DocumentIdSchema.parse(id),
        label: [notation, subject].filter(Boolean).join(' · '),
      }))}
    />
  );
}

type SearchPickProps<Id> = PickProps<Id> &
  Readonly<{
    label: string;
    group: string;
    text: string;
    onText: (text: string) => void;
    found: readonly Picked<Id>[];
  }>;

/** What is chosen stays in sight, whatever is looked for next. */
function SearchPick<Id extends string>({
  label,
  group,
  text,
  onText,
  found,
  picked,
  onPick,
}: SearchPickProps<Id>) {
  const ids = new Set(picked.map(({ id }) => id));
  const shown = [...picked, ...found.filter(({ id }) => !ids.has(id))];
  return (
    <>
      <TextField label={label} value={text} onChange={onText} maxLength={200} />
      <div className="keeping-pick" role="group" aria-label={group}>
        {shown.map((one) => (
          <Checkbox
            key={one.id}
            size="sm"
            label={one.label}
            checked={ids.has(one.id)}
            onChange={(event) => {
              const isOn = event.currentTarget.checked;
              onPick(isOn ? [...picked, one] : picked.filter(({ id }) => id !== one.id));
            }}
          />
        ))}
      </div>
    </>
  );
}
