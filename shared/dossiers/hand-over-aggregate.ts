import { assertNever, type Aggregate, type HandOverId } from '../kernel/public.ts';
import type { HandOverAct } from './acts.ts';
import type { HandOver } from './hand-over-model.ts';

export const handOverAggregate: Aggregate<HandOver, HandOverAct> = {
  kind: 'handOver',
  evolve(state, act) {
    if (act.type === 'handOverOffered') {
      const { files, from, unit, at } = act.body;
      return {
        id: act.on.id as HandOverId,
        state: 'offered',
        from,
        at,
        people: [from],
        units: [unit],
        inArchive: files.map(({ dossier }) => dossier),
        files: files.map((file) => ({ ...file, givenBack: null })),
        accepted: null,
      };
    }
    if (state === null) throw new Error('An act happened to something that was never made');
    switch (act.type) {
      case 'filesGivenBack': {
        const reasonsOf = new Map(act.body.files.map(({ dossier, ...why }) => [dossier, why]));
        const files = state.files.map((file) => ({
          ...file,
          givenBack: reasonsOf.get(file.dossier) ?? file.givenBack,
        }));
        const isOver = files.every(({ givenBack }) => givenBack !== null);
        return { ...state, files, state: isOver ? 'returned' : state.state };
      }
      case 'handOverAccepted':
        return { ...state, state: 'accepted', accepted: act.body };
      case 'minutesSigned': {
        const { side, file } = act.body;
        return { ...state, minutes: { file, signed: [...(state.minutes?.signed ?? []), side] } };
      }
      case 'handOverWithdrawn':
        return { ...state, state: 'withdrawn' };
      default:
        return assertNever(act);
    }
  },
};
