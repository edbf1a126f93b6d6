import { whyNotCall } from '#shared/directory/public.ts';
import { documentAggregate, documentName } from '#shared/documents/public.ts';
import { isReadable, readingAggregate, type ReadingRow } from '#shared/reading/public.ts';
import { signedIn, type Signed } from '../../host/context.ts';
import { askCommand, runCommand } from '../../host/run-command.ts';
import { readAll, readState } from '../../store/read-state.ts';
import { keepTable } from '../documents/public.ts';
import { bookOf } from './book.ts';
import { latestMoment, openReading, printReading } from './copy.ts';

const on = signedIn.reading;

export const readingHandlers = {
  list: on.list.handler(({ context: { signed } }) => ({ rows: listed(signed), mayLend: mayLend(signed) })),
  open: on.open.handler(({ input, context: { signed } }) => openReading(signed, input.readingId)),
  print: on.print.handler(({ input, context: { signed } }) => printReading(signed, input.readingId)),
  exportBook: on.exportBook.handler(({ input, context: { signed } }) =>
    keepTable(signed, bookOf(signed), input.form),
  ),
  ask: on.ask.handler(runCommand),
  lend: on.lend.handler(askCommand),
  decline: on.decline.handler(askCommand),
  end: on.end.handler(askCommand),
};

function mayLend({ person }: Signed): boolean {
  return whyNotCall('reading.lend', person) === null;
}

/** The newest first; those who lend see everybody's. */
function listed(signed: Signed): ReadingRow[] {
  const { db } = signed.open.desk;
  const now = latestMoment(signed);
  return readAll(db, readingAggregate)
    .filter(({ reader }) => mayLend(signed) || reader === signed.person.id)
    .toSorted((a, b) => (a.askedAt < b.askedAt ? 1 : -1))
    .map((reading) => {
      const paper = reading.document === null ? null : readState(db, documentAggregate, reading.document);
      const title = paper === null ? '' : documentName(paper);
      return { ...reading, title, readable: isReadable(reading, now) };
    });
}
