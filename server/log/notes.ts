import { exchangeBy, noteOf, type Exchange } from '#shared/node/exchange/public.ts';
import type { AgencyFolder } from '../data/agency-folder.ts';
import type { Noting } from './serving.ts';

const pageSize = 500;

/** What the gateway writes over a database, and the folder's file that is what the notes come to. */
export type Notes = Readonly<{
  exchange: Exchange;
  /** Does something while nothing else is taken into the file. */
  inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>;
}>;

/**
 * Each writing is a note in the database, under the epoch of this server, before it is taken into the file: a file that is lost
 * comes again out of the notes, and a server that was overtaken writes none.
 */
export function openNotes({ exchange: store, noted }: AgencyFolder, { note, notesAfter }: Noting): Notes {
  let turns: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = turns.then(work);
    turns = turn.catch(() => undefined);
    return turn;
  }

  async function readOn(): Promise<void> {
    for (;;) {
      const page = await notesAfter(noted.readsFrom(), pageSize);
      noted.takeAfterLast(page);
      if (page.length < pageSize) return;
    }
  }

  const exchange = exchangeBy(
    store,
    async (kind, given) => {
      const written = noteOf(kind, given);
      const n = await note(written);
      await inTurn(async () => {
        if (n === noted.noted() + 1) noted.take([{ n, ...written }]);
        else await readOn();
      });
    },
    () => inTurn(readOn),
  );
  return { exchange, inTurn };
}
