import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { kindCodes } from '#shared/documents/public.ts';
import { newId } from '../../../app/client.ts';
import { ComboMany } from '../../../ui/combo.tsx';
import { Note } from '../../../ui/gate.tsx';
import { Hint } from '../../../ui/hint.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { bookIdFrom, remarkOn, takenKinds, type BookRow } from './agency-form.ts';
import { bringIn } from './bring-in.ts';
import type { AgencyFormState } from './use-agency-form.ts';

/** The books outgoing numbers come from, each with the kinds it takes; the head decides how they are grouped (NĐ 30 Đ15). */
export function BookRows({ state }: Readonly<{ state: AgencyFormState }>) {
  const words = useWords();
  const { form, change } = state;
  const remark = remarkOn(form.books);
  return (
    <fieldset className="agency-rows">
      <legend>{words('directory.books')}</legend>
      {form.books.map((row, place) => (
        <BookFields key={row.key} row={row} place={place} state={state} />
      ))}
      {remark !== null && <Note tone="soon">{words(`administration.books.${remark}`)}</Note>}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size="0.875rem" stroke={1.75} aria-hidden />}
          onClick={() => {
            const row: BookRow = { key: newId(), id: '', name: '', kinds: [], isKept: false };
            change({ books: [...form.books, row] });
          }}
        >
          {words('administration.books.add')}
        </Button>
      </div>
    </fieldset>
  );
}

type BookFieldsProps = Readonly<{ row: BookRow; place: number; state: AgencyFormState }>;

function BookFields({ row, place, state }: BookFieldsProps) {
  const words = useWords();
  const { form, change, isWrong } = state;
  const taken = takenKinds(form.books, row.key);
  const put = (part: Partial<BookRow>): void => {
    change({ books: form.books.map((book) => (book.key === row.key ? { ...book, ...part } : book)) });
  };
  return (
    <div
      className="agency-row agency-book"
      role="group"
      aria-label={words('administration.books.row', { place: place + 1 })}
    >
      <TextField
        label={words('administration.books.name')}
        value={row.name}
        onChange={(name) => {
          // The id follows the name until somebody writes another one.
          const follows = !row.isKept && row.id === bookIdFrom(row.name);
          put(follows ? { name, id: bookIdFrom(name) } : { name });
        }}
        maxLength={100}
        required
        {...(row.isKept ? {} : { inputRef: bringIn })}
        error={isWrong(`books.${place}.name`) ? words('administration.books.missing.name') : null}
      />
      <TextField
        label={words('administration.books.id')}
        value={row.id}
        onChange={(id) => {
          put({ id });
        }}
        maxLength={30}
        required
        disabled={row.isKept}
        error={isWrong(`books.${place}.id`) ? words('administration.books.missing.id') : null}
      />
      <ComboMany
        label={words('administration.books.kinds')}
        choices={kindCodes.map((id) => {
          const other = taken.get(id);
          const label = words(`kind.${id}`);
          return other === undefined
            ? { id, label }
            : { id, label, disabled: true, note: words('administration.books.taken', { name: other }) };
        })}
        value={row.kinds}
        onChange={(kinds) => {
          put({ kinds });
        }}
        placeholder={words('administration.books.rest')}
      />
      <Hint text={words('administration.books.remove', { name: row.name })}>
        <ActionIcon
          className="agency-row-remove"
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={words('administration.books.remove', { name: row.name })}
          onClick={() => {
            change({ books: form.books.filter(({ key }) => key !== row.key) });
          }}
        >
          <IconTrash size="1rem" stroke={1.75} aria-hidden />
        </ActionIcon>
      </Hint>
    </div>
  );
}
