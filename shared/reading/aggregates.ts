import { assertNever, type Act, type Aggregate, type ReadingId } from '../kernel/public.ts';
import type { Day, DocumentId, Instant, PersonId } from '../kernel/public.ts';
import type { Reading } from './model.ts';

type ActOf<Type extends string, Body> = Readonly<{ type: Type; on: Act['on']; body: Body }>;
type Decided = Readonly<{ by: PersonId; at: Instant }>;

export type ReadingAct =
  | ActOf<'readingAsked', Pick<Reading, 'reader' | 'wanted' | 'purpose' | 'askedAt' | 'answerBy'>>
  | ActOf<'readingLent', Decided & Readonly<{ document: DocumentId; until: Day; mayPrint?: boolean }>>
  | ActOf<'readingDeclined', Decided & Readonly<{ words: string }>>
  | ActOf<'readingEnded', Readonly<{ at: Instant }>>;

export const readingAggregate: Aggregate<Reading, ReadingAct> = {
  kind: 'reading',
  evolve(state, act) {
    if (act.type === 'readingAsked') {
      return {
        ...act.body,
        id: act.on.id as ReadingId,
        state: 'asked',
        document: null,
        until: null,
        decidedBy: null,
        decidedAt: null,
        words: '',
        endedAt: null,
      };
    }
    if (state === null) throw new Error('A reading was decided that nobody asked for');
    switch (act.type) {
      case 'readingLent': {
        const { by, at, ...lent } = act.body;
        return { ...state, ...lent, state: 'lent', decidedBy: by, decidedAt: at };
      }
      case 'readingDeclined':
        return {
          ...state,
          state: 'declined',
          words: act.body.words,
          decidedBy: act.body.by,
          decidedAt: act.body.at,
        };
      case 'readingEnded':
        return { ...state, state: 'ended', endedAt: act.body.at };
      default:
        return assertNever(act);
    }
  },
};
