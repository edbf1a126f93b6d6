import { clockOf, dateLine, dayOf, writtenDay, type Instant } from '../kernel/public.ts';
import type { AgendaItem } from './item-model.ts';
import { minutesOf, type Happened, type MinutesLine } from './minutes.ts';
import type { PaperName } from './paper-kinds.ts';

/** One paragraph of such a paper: what it says by its key and how it stands on the page. */
export type PaperLine = Readonly<{
  as: 'paragraph' | 'head' | 'clause' | 'point';
  key: string;
  with: MinutesLine['with'];
  words: MinutesLine['words'];
}>;

export type Telling = Happened & Readonly<{ agency: string; body: string }>;

/** What the paper begins with; its writer goes on from there. */
export function linesOfPaper(name: PaperName, telling: Telling): readonly PaperLine[] {
  if (name === 'minutes') return minutesLines(telling);
  return name === 'invitation' ? invitationLines(telling) : conclusionLines(telling);
}

/** What everybody asked reads, so that a paper to all of them may name it; the rest its writer adds by hand. */
export function isForAll({ access, excluded }: AgendaItem): boolean {
  return access.to === 'everybody' && excluded.length === 0;
}

function line(as: PaperLine['as'], key: string, params: PaperLine['with'] = {}): PaperLine {
  return { as, key, with: params, words: {} };
}

/** The page names the meeting itself, as its subject; each item begins with its title. */
function minutesLines(telling: Telling): PaperLine[] {
  return minutesOf(telling)
    .flat()
    .filter(({ says }) => says !== 'called')
    .map(({ says, with: values, words }) => ({
      as: says === 'item' ? 'head' : 'paragraph',
      key: `minutes.${says}`,
      with: values,
      words,
    }));
}

/** NĐ 30 PL3 mẫu 1.10: who is asked, to what, who presides, when and where. */
function invitationLines({ agency, body, meeting, items, nameOf }: Telling): PaperLine[] {
  const { title, place, chair, startsAt, invitees } = meeting;
  const guests = invitees.filter(({ as }) => as === 'guest').map(({ person }) => nameOf(person));
  const open = items.filter(isForAll);
  const key = (says: string) => `meetings.invitation.${says}`;
  return [
    line('paragraph', key('asks'), { agency, body }),
    ...(guests.length === 0 ? [] : [line('paragraph', key('guests'), { names: guests.join(', ') })]),
    line('paragraph', key('to'), { title }),
    line('paragraph', key('chair'), { name: nameOf(chair) }),
    line('paragraph', key('time'), hourOf(startsAt)),
    ...(place === '' ? [] : [line('paragraph', key('place'), { place })]),
    ...(open.length === 0 ? [] : [line('paragraph', key('agenda'))]),
    ...open.map((item) => line('clause', key('item'), { title: item.title })),
    line('paragraph', key('close')),
  ];
}

/** What was decided and concluded, item by item, with whoever does it by when. */
function conclusionLines(telling: Telling): PaperLine[] {
  const { agency, meeting, items, nameOf } = telling;
  const { title, place, chair, startsAt, begunAt } = meeting;
  const told = items.filter((item) => isForAll(item) && item.decision !== null);
  const key = (says: string) => `meetings.conclusions.${says}`;
  const opening = { ...hourOf(begunAt ?? startsAt), place, title, chair: nameOf(chair) };
  return [
    line('paragraph', key(place === '' ? 'opening' : 'opening-at'), opening),
    ...told.flatMap((item) => [
      line('clause', key('item'), { title: item.title }),
      ...item.conclusions.map(({ words, owner, dueOn }) => {
        const name = owner === null ? '' : nameOf(owner);
        if (name === '') return line('point', key('said'), { words });
        return dueOn === null
          ? line('point', key('given'), { words, name })
          : line('point', key('given-by'), { words, name, day: writtenDay(dueOn) });
      }),
    ]),
    line('paragraph', key('close'), { agency }),
  ];
}

/** In Vietnam's own time. */
function hourOf(instant: Instant): Readonly<{ hour: string; minute: string; day: string }> {
  const [hour = '', minute = ''] = clockOf(instant).split(':');
  return { hour, minute, day: dateLine(dayOf(instant)) };
}
