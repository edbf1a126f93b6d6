import { ActionIcon, Button, Tabs } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { roman } from '#shared/drafting/public.ts';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';

/** Which part of a paper is written: its own text, or one of its appendices. */
export type Part = number | null;

type DraftPartsProps = Readonly<{
  /** The appendices, by their names. */
  titles: readonly string[];
  part: Part;
  onTurn: (part: Part) => void;
  onAdd: () => void;
  onRemove: (part: number) => void;
  onTitle: (part: number, title: string) => void;
  /** The text of the part. */
  children: ReactNode;
}>;

const whole = 'text';
const mostAppendices = 30;

/** The text and its appendices side by side as tabs; each appendix has a name and a text of its own. */
export function DraftParts(props: DraftPartsProps) {
  const { titles, part, onTurn, onAdd, onRemove, onTitle, children } = props;
  const words = useWords();
  const nameOf = (place: number): string =>
    titles.length === 1
      ? words('drafting.appendix.only')
      : words('drafting.appendix', { number: roman(place + 1) });
  const shown = part === null ? undefined : titles[part];
  const title = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    if (title.current?.value === '') title.current.focus();
  }, [part]);
  return (
    <div className="draft-parts">
      <Tabs
        value={part === null ? whole : String(part)}
        onChange={(chosen) => {
          onTurn(chosen === null || chosen === whole ? null : Number(chosen));
        }}
      >
        <div className="draft-parts-bar">
          <Tabs.List aria-label={words('drafting.parts')}>
            <Tabs.Tab value={whole}>{words('drafting.parts.text')}</Tabs.Tab>
            {titles.map((_title, place) => (
              <Tabs.Tab key={place} value={String(place)}>
                {nameOf(place)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            disabled={titles.length >= mostAppendices}
            leftSection={<IconPlus size="1rem" aria-hidden />}
            onClick={onAdd}
          >
            {words('drafting.appendix.add')}
          </Button>
        </div>
      </Tabs>
      {part !== null && shown !== undefined && (
        <div className="draft-part-head">
          <TextField
            key={part}
            inputRef={title}
            label={words('drafting.appendix.title')}
            value={shown}
            maxLength={300}
            required
            onChange={(title) => {
              onTitle(part, title);
            }}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={words('drafting.appendix.remove', { name: nameOf(part) })}
            onClick={() => {
              onRemove(part);
            }}
          >
            <IconTrash size="1rem" aria-hidden />
          </ActionIcon>
        </div>
      )}
      {children}
    </div>
  );
}
