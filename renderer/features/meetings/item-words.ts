import type { AgendaItem } from '#shared/meetings/public.ts';
import type { Words } from '../../ui/words.ts';

type Naming = Readonly<{ words: Words; nameOf: (id: string) => string }>;

/** Who reads an item where it is not everybody. */
export function sayAccess(
  { access, excluded }: Pick<AgendaItem, 'access' | 'excluded'>,
  { words, nameOf }: Naming,
): string | null {
  const said = [
    ...(access.to === 'members' ? [words('meetings.access.members')] : []),
    ...(access.to === 'named' ? [words('meetings.access.count', { count: access.people.length })] : []),
    ...excluded.map(({ person, reason }) => words('meetings.excluded', { name: nameOf(person), reason })),
  ];
  return said.length === 0 ? null : said.join(' · ');
}
