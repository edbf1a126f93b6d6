import type { PersonId } from '#shared/kernel/public.ts';

/** The number of a secret ballot, as its voter has to keep it. */
export type OwnSerial = Readonly<{
  serial: string;
  /** Who gave the ballot at this window, and whose it is. */
  by: PersonId;
  voter: PersonId;
  question: string;
  /** The dialog that tells it was closed; it goes on standing on the page. */
  isTold: boolean;
}>;

let serials: readonly OwnSerial[] = [];
const listeners = new Set<() => void>();

/** Numbers whose voter has not said that they noted them. In the memory of this window alone: a disk that keeps one links voter and choice. */
export const ownSerials = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  list: (): readonly OwnSerial[] => serials,
  /** A ballot that is given again after a fall has the same number. */
  add: (own: Omit<OwnSerial, 'isTold'>): void => {
    set([...serials.filter(({ serial }) => serial !== own.serial), { ...own, isTold: false }]);
  },
  told: (told: string): void => {
    set(serials.map((own) => (own.serial === told ? { ...own, isTold: true } : own)));
  },
  noted: (noted: string): void => {
    set(serials.filter(({ serial }) => serial !== noted));
  },
};

/** Those of one person: whoever signs in next at the same window sees none of theirs. */
export function serialsOf(all: readonly OwnSerial[], person: PersonId): readonly OwnSerial[] {
  return all.filter(({ by }) => by === person);
}

function set(next: readonly OwnSerial[]): void {
  serials = next;
  for (const listener of listeners) listener();
}
