import { notationOf, type DocumentPage, type TimelineAct } from '#shared/documents/public.ts';
import { formatDay } from '../../ui/moments.ts';
import { useWords } from '../../ui/use-words.ts';
import type { Words } from '../../ui/words.ts';
import { readActBody, type ActBody } from './act-body.ts';
import { sayKind } from './document-words.ts';

type Fields = NonNullable<ActBody['fields']>;

const told = ['issuer', 'kind', 'subject', 'signer', 'signerPost', 'urgency', 'copies', 'note'] as const;
const days = ['issuedOn', 'dueOn'] as const;

/** A correction of the register: every value that changed, as it was and as it is (NĐ 30 Đ22). */
export function CorrectedFields({ act, page }: Readonly<{ act: TimelineAct; page: DocumentPage }>) {
  const words = useWords();
  const after = readActBody(act.body).fields;
  const before = page.timeline
    .filter(({ seq }) => seq < act.seq)
    .map(({ body }) => readActBody(body).fields)
    .findLast((fields) => fields !== undefined);
  if (before === undefined || after === undefined) return null;
  const was = sayFields(before, words);
  return sayFields(after, words)
    .map(({ field, value }, place) => ({ field, value, old: was[place]?.value ?? '' }))
    .filter(({ value, old }) => value !== old)
    .map(({ field, value, old }) => (
      <span key={field} className="dim">
        {words('documents.corrected', {
          field: words(`documents.field.${field}`),
          before: old === '' ? words('documents.corrected.blank') : old,
          after: value === '' ? words('documents.corrected.blank') : value,
        })}
      </span>
    ));
}

function sayFields(fields: Fields, words: Words): readonly Readonly<{ field: string; value: string }>[] {
  const say = (field: (typeof told)[number]): string => {
    const value = String(fields[field]);
    if (field === 'kind') return sayKind(value, words);
    return field === 'urgency' ? words(`urgency.${value}`) : value;
  };
  return [
    { field: 'notation', value: notationOf(fields.number, fields.symbol) },
    ...days.map((field) => {
      const day = fields[field];
      return { field, value: day === null ? '' : formatDay(day) };
    }),
    ...told.map((field) => ({ field, value: say(field) })),
  ];
}
