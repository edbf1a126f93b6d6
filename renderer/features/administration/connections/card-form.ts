import type { AccessLevel, CapabilityCard } from '#shared/exchange/public.ts';
import { mebibyte } from './card-words.ts';

export type CardForm = Readonly<{
  kinds: readonly string[];
  /** Endings as they are typed, with or without their dots. */
  formats: string;
  levels: readonly AccessLevel[];
  size: number;
}>;

export function formOf({ kinds, formats, levels, mostBytes }: CapabilityCard): CardForm {
  const size = Math.floor(mostBytes / mebibyte);
  return { kinds, formats: formats.join(', '), levels, size };
}

/** The card the form says, or which of its fields it cannot be made from. */
export function cardFrom({ kinds, formats, levels, size }: CardForm): Readonly<{
  card: CapabilityCard | null;
  wrong: readonly (keyof CardForm)[];
}> {
  const endings = formats
    .toLowerCase()
    .split(/[\s,;]+/u)
    .map((ending) => ending.replace(/^\./u, ''))
    .filter((ending) => ending !== '');
  const areEndings = endings.length <= 40 && endings.every((ending) => /^[a-z0-9]{1,8}$/u.test(ending));
  const wrong: (keyof CardForm)[] = [];
  // The document itself is a PDF: without that nothing could be taken.
  if (!areEndings || !endings.includes('pdf')) wrong.push('formats');
  if (levels.length === 0) wrong.push('levels');
  if (!Number.isInteger(size) || size < 1 || size > 2000) wrong.push('size');
  if (wrong.length > 0) return { card: null, wrong };
  const card = { kinds: [...kinds], formats: [...new Set(endings)], levels: [...levels] };
  return { card: { ...card, mostBytes: size * mebibyte }, wrong };
}
