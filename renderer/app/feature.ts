import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Role } from '#shared/directory/public.ts';

export const places = [
  'inbox',
  'incoming',
  'outgoing',
  'dossiers',
  'meetings',
  'archive',
  'disposals',
  'registers',
  'directory',
  'oversight',
  'search',
  'reading',
  'journal',
  'administration',
] as const;
export type Place = (typeof places)[number];

/** A page of the office, contributed by a room. */
export type Feature = Readonly<{
  /** `documents.incoming` */
  id: string;
  /** The place of the rail it belongs to. */
  place: Place;
  /** Path pattern: `/van-ban-den/:id?`. */
  path: string;
  titleKey: string;
  roles: readonly Role[] | 'everyone';
  component: ComponentType;
  /** Takes the whole window, without the rail; the page has its own way out. */
  wholeWindow?: true;
  /** Present on the one page that the rail leads to. */
  rail?: Readonly<{
    icon: Icon;
    /** Second press after G: `G D`. */
    letter: string;
  }>;
  /** Addresses at which the screen tests look at it; `name` becomes the picture's name. */
  screens: readonly Readonly<{ name: string; path: string }>[];
}>;

/** Whether any of a person's roles opens a page. */
export function mayOpen(feature: Feature, roles: readonly Role[]): boolean {
  return feature.roles === 'everyone' || roles.some((role) => feature.roles.includes(role));
}

/** How many things wait for this person in a place; absent where nothing ever waits. */
export type PlaceCounts = Partial<Readonly<Record<Place, number>>>;
