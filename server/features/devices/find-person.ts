import type { Person } from '#shared/directory/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';

/** Who is meant by an id or by a name, written with or without its marks; two of the same name are told apart by their posts. */
export function findPerson(people: readonly Person[], meant: string): Person {
  const active = people.filter((person) => person.active);
  const byId = active.find(({ id }) => id === meant);
  if (byId !== undefined) return byId;
  const wanted = foldVietnamese(meant.trim());
  const named = active.filter(({ name }) => foldVietnamese(name) === wanted);
  const [one, another] = named;
  if (another !== undefined) {
    const choices = named.map(({ name, post, id }) => `${name} (${post}): ${id}`).join('; ');
    throw new AppError('server.which-person', { choices });
  }
  if (one === undefined) throw new AppError('server.nobody-called', { name: meant });
  return one;
}

/** In whose name an invitation is given when nobody is named: the first administrator there is. */
export function anAdministrator(people: readonly Person[]): Person {
  const found = people.find(({ active, roles }) => active && roles.includes('administrator'));
  if (found === undefined) throw new AppError('server.no-administrator');
  return found;
}
