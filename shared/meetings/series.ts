import { addDays, weekdayOf, type Day } from '../kernel/public.ts';
import type { AgendaItem, ItemFields } from './item-model.ts';
import type { Series } from './body-model.ts';

/** The next days of a series, each after the day given. */
export function nextDays(series: Series, after: Day, count: number): readonly Day[] {
  const days: Day[] = [];
  for (let day = addDays(after, 1); days.length < count; day = addDays(day, 1)) {
    if (isOfSeries(series, day)) days.push(day);
  }
  return days;
}

/** Every week on its weekday; or every month on the first to fourth of them, or on the last. */
function isOfSeries({ every, weekday, nth }: Series, day: Day): boolean {
  if (weekdayOf(day) !== weekday) return false;
  if (every === 'week') return true;
  const date = Number(day.slice(8));
  if (nth === 'last') return addDays(day, 7).slice(5, 7) !== day.slice(5, 7);
  return Math.ceil(date / 7) === nth;
}

/** What an agenda is begun with: the items of the one before, without what was theirs alone; what was put off comes first. */
export function skeletonOf(items: readonly AgendaItem[]): readonly (ItemFields & { postponed: boolean })[] {
  const all = items.map((item) => {
    const { title, purpose, rapporteur, minutes, access, dossier } = item;
    const postponed = item.decision?.how === 'postponed';
    return {
      title,
      purpose,
      rapporteur,
      minutes,
      access,
      excluded: postponed ? item.excluded : [],
      dossier: postponed ? dossier : null,
      postponed,
    };
  });
  return [...all.filter(({ postponed }) => postponed), ...all.filter(({ postponed }) => !postponed)];
}
