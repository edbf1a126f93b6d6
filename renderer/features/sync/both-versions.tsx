import type { RefusedCommand } from '#shared/sync/public.ts';
import { formatDay } from '../../ui/moments.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { Words } from '../../ui/words.ts';
import { useDirectory } from '../directory/public.ts';

/** What I did beside how it stands now, field by field where they differ. */
export function BothVersions({ item }: Readonly<{ item: RefusedCommand }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { state, last, fields } = item.versions;
  return (
    <table className="attention-versions">
      <thead>
        <tr>
          <th scope="col" aria-label={words('sync.attention')} />
          <th scope="col">{words('sync.attention.mine')}</th>
          <th scope="col">{words('sync.attention.now')}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row" aria-label={words('sync.attention')} />
          <td>
            {words(`command.${item.name}`)}, <RelativeTime at={item.claimedAt} />
          </td>
          <td>
            {state === null ? words('sync.attention.gone') : words(`state.${state}`)}
            {last !== null && (
              <span className="dim attention-last">
                {nameOf(last.by)}: {words(`command.${last.name}`)}, <RelativeTime at={last.at} />
              </span>
            )}
          </td>
        </tr>
        {fields.map(({ field, mine, now }) => (
          <tr key={field}>
            <th scope="row">{words(`documents.field.${field}`)}</th>
            <td>{sayValue(field, mine, words)}</td>
            <td>{now === null ? '–' : sayValue(field, now, words)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function sayValue(field: string, value: string, words: Words): string {
  if (value === '') return words('sync.attention.blank');
  if (field === 'urgency') return words(`urgency.${value}`);
  const day = /^\d{4}-\d{2}-\d{2}$/u.test(value);
  return day ? formatDay(value as Parameters<typeof formatDay>[0]) : value;
}
