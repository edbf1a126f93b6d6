import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Agency, DirectoryOverview, Role } from '#shared/directory/public.ts';
import type { Holder } from '#shared/documents/public.ts';
import { core } from '../../app/client.ts';
import type { PickablePerson } from '../../ui/person-picker.tsx';
import { useWords } from '../../ui/use-words.ts';

type DirectoryPerson = DirectoryOverview['people'][number];

/** The people and units of the agency by id, as the screens name them. */
export type Directory = Readonly<{
  ready: boolean;
  agencies: DirectoryOverview['agencies'];
  units: DirectoryOverview['units'];
  people: DirectoryOverview['people'];
  delegations: DirectoryOverview['delegations'];
  own: Agency | null;
  personOf: (id: string) => DirectoryPerson | null;
  /** A person's name, or a sentence that they are not in the directory any more. */
  nameOf: (id: string) => string;
  unitName: (id: string) => string;
  /** Who has it: a person, a unit, or the clerks together. */
  holderName: (holder: Holder | null) => string | null;
  /** Those still here, as a picker shows them; with roles, only those who have one of them. */
  pickable: (roles?: readonly Role[]) => readonly PickablePerson[];
  /** The names of those who have a role, for "who can". */
  whoHas: (roles: readonly Role[]) => string;
}>;

const nobody: DirectoryOverview = { agencies: [], units: [], people: [], delegations: [] };

export const directoryKey = ['directory'] as const;

/** The directory, asked once and renewed when it changes. */
export function useDirectory(): Directory {
  const words = useWords();
  const { data } = useQuery({
    queryKey: directoryKey,
    queryFn: () => core.directory.overview({}),
  });
  return useMemo(() => {
    const { agencies, units, people, delegations } = data ?? nobody;
    const personById = new Map<string, DirectoryPerson>(people.map((person) => [person.id, person]));
    const unitById = new Map<string, string>(units.map((unit) => [unit.id, unit.name]));
    const unknown = data === undefined ? '' : words('directory.names.unknown');
    // The server acts in the agency's own name.
    const nameOf = (id: string): string =>
      personById.get(id)?.name ?? agencies.find((agency) => agency.id === id)?.name ?? unknown;
    const unitName = (id: string): string => unitById.get(id) ?? unknown;
    const having = (roles?: readonly Role[]): readonly DirectoryPerson[] =>
      people.filter(
        (person) =>
          person.active && (roles === undefined || person.roles.some((role) => roles.includes(role))),
      );
    return {
      ready: data !== undefined,
      agencies,
      units,
      people,
      delegations,
      own: agencies.find((agency) => agency.own) ?? null,
      personOf: (id) => personById.get(id) ?? null,
      nameOf,
      unitName,
      holderName: (holder) => {
        if (holder === null) return null;
        if (holder.kind === 'person') return nameOf(holder.id);
        return holder.kind === 'unit' ? unitName(holder.id) : words('directory.names.clerks');
      },
      pickable: (roles) =>
        having(roles).map(({ id, name, post, unit }) => ({ id, name, post, unit: unitName(unit) })),
      whoHas: (roles) =>
        having(roles)
          .slice(0, 3)
          .map((person) => person.name)
          .join(', '),
    };
  }, [data, words]);
}
