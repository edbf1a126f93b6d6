import { foldText } from './fold.ts';

/** Reads an hour as people type it: `8`, `8h`, `8h30`, `14:05`, `1405`, `2h chiều`; null for what is none. */
export function readHour(typed: string): string | null {
  const match =
    /^(?<hour>\d{1,2}?)(?: ?(?:[:.,h]|gio) ?)?(?<minute>\d{2})?(?: ?(?<half>sang|chieu|toi|am|pm))?$/u.exec(
      foldText(typed),
    );
  if (match?.groups === undefined) return null;
  const { hour, minute, half } = match.groups;
  const isLate = half === 'chieu' || half === 'toi' || half === 'pm';
  const hours = Number(hour) + (isLate && Number(hour) < 12 ? 12 : 0);
  const minutes = Number(minute ?? 0);
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
