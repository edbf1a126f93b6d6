import { mayRead, type Changed } from '#shared/directory/public.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import type { Signed } from '../../host/context.ts';
import { readState } from '../../store/read-state.ts';
import { eachUntilOver, type Listening } from './each-until-over.ts';

/** Announces what changed, after it was committed, for as long as the window listens and its person is signed in. */
export function changesOf(listening: Listening): AsyncGenerator<Changed, void> {
  const { signed } = listening;
  return eachUntilOver(listening, {
    subscribe: (push) =>
      signed.open.desk.onChanged((changed) => {
        push(onlyReadable(signed, changed));
      }),
    most: Number.POSITIVE_INFINITY,
  });
}

/** Nobody learns of a document they may not read, not even that it moved. */
function onlyReadable({ open, scope }: Signed, changed: Changed): Changed {
  const documents = changed.documents.filter((id) => {
    const document = readState(open.desk.db, documentAggregate, id);
    return document !== null && mayRead(scope, document);
  });
  return { ...changed, documents };
}
