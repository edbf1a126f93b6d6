import type { Incoming } from '#shared/documents/public.ts';
import type { Task } from '#shared/workflow/public.ts';
import type { Words } from '../../ui/words.ts';
import type { Directory } from '../directory/public.ts';

type RouteStep = Readonly<{ id: string; label: string; who: string; state: 'passed' | 'current' | 'ahead' }>;

const order = ['arrived', 'registered', 'directed', 'in-progress', 'done'] as const;

/** The way of a received paper as a line of steps: registered, directed, handled, done (NĐ 30 Đ21–24). */
export function routeOf(
  document: Incoming,
  tasks: readonly Task[],
  { directory, words }: Readonly<{ directory: Directory; words: Words }>,
): readonly RouteStep[] {
  const place = order.findIndex((state) => state === document.state);
  if (place < 0) return [];
  const lead = tasks.find(({ id }) => id === document.leadTask);
  const doer = lead === undefined ? '' : leadName(lead, directory);
  const holder = directory.holderName(document.holder) ?? '';
  const at = (step: number): RouteStep['state'] => {
    if (place >= step + 1) return 'passed';
    return place === step ? 'current' : 'ahead';
  };
  // Between direction and done there is one step for two states: given, and begun.
  const handling = place < 2 ? 'ahead' : place < 4 ? 'current' : 'passed';
  return [
    {
      id: 'register',
      label: words('documents.route.register'),
      who: directory.whoHas(['clerk']),
      state: at(0),
    },
    {
      id: 'direct',
      label: words('documents.route.direct'),
      who: place === 1 ? holder : lead === undefined ? '' : directory.nameOf(lead.giver),
      state: at(1),
    },
    { id: 'handle', label: words('documents.route.handle'), who: doer, state: handling },
  ];
}

function leadName({ person, unit }: Task, { nameOf, unitName }: Directory): string {
  if (person !== null) return nameOf(person);
  return unit === null ? '' : unitName(unit);
}
