import type { CapabilityCard } from '#shared/exchange/public.ts';
import type { Words } from '../../../ui/words.ts';

export const mebibyte = 1_048_576;

/** What an agency takes over the network, in one line. */
export function sayCard({ kinds, formats, levels, mostBytes }: CapabilityCard, words: Words): string {
  return [
    sayKinds(kinds, words),
    formats.map((format) => `.${format}`).join(' '),
    levels.map((level) => words(`connections.level.${level}`)).join(', '),
    saySize(mostBytes, words),
  ].join(' · ');
}

/** An empty list takes every kind. */
export function sayKinds(kinds: CapabilityCard['kinds'], words: Words): string {
  return kinds.length === 0
    ? words('connections.kinds.all')
    : kinds.map((kind) => words(`kind.${kind}`)).join(', ');
}

export function saySize(mostBytes: number, words: Words): string {
  return words('connections.size', { size: Math.floor(mostBytes / mebibyte) });
}
