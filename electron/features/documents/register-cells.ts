import { dayOf } from '#shared/kernel/public.ts';
import type { Incoming } from '#shared/documents/public.ts';
import { personAggregate, unitAggregate } from '#shared/directory/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { readAll } from '../../store/read-state.ts';
import { wordsOf } from '../../platform/words.ts';

/** Names by id, as the registers say them. */
export type Names = Readonly<{ person: (id: string) => string; unit: (id: string) => string }>;

export function namesIn(db: ReadDb): Names {
  const people = new Map(readAll(db, personAggregate).map((person) => [String(person.id), person.name]));
  const units = new Map(readAll(db, unitAggregate).map((unit) => [String(unit.id), unit.name]));
  return { person: (id) => people.get(id) ?? '', unit: (id) => units.get(id) ?? '' };
}

/** Whom it was presented to stands first; once it is directed, the register names those it went to. */
export function presentedTo({ people, units }: Incoming, names: Names): string {
  const [first, ...directedTo] = people.map(names.person);
  const given = [...units.map(names.unit), ...directedTo];
  return given.length > 0 ? given.join('; ') : (first ?? '');
}

/** `Công văn triển khai…`, `Thông báo: Kết luận…`: a subject that begins small goes on where the kind ends. */
export function kindAndSubject(kind: string, subject: string): string {
  if (kind === '' || subject === '') return kind || subject;
  return /^\p{Ll}/u.test(subject) ? `${kind} ${subject}` : `${kind}: ${subject}`;
}

export function kindName(code: string): string {
  return wordsOf('vi')(`kind.${code}`);
}

/** As registers are kept: day/month/year. */
export function shortDay(day: string): string {
  const [year, month, date] = day.split('-');
  return `${date}/${month}/${year}`;
}

export function printedToday(now: Parameters<typeof dayOf>[0]): string {
  return shortDay(dayOf(now));
}
