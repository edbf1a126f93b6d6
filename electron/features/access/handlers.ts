import { signedIn } from '../../host/context.ts';
import { stampsHere } from './keep-stamping.ts';
import { counts, exportLines, lines, linesOfPaper, rightChanges } from './look.ts';

const on = signedIn.access;

export const accessHandlers = {
  lines: on.lines.handler(({ input: { offset, limit, ...filter }, context: { signed } }) =>
    lines(signed, filter, { offset, limit }),
  ),
  counts: on.counts.handler(({ input: { offset, limit, ...filter }, context: { signed } }) =>
    counts(signed, filter, { offset, limit }),
  ),
  of: on.of.handler(({ input, context: { signed } }) => linesOfPaper(signed, input)),
  export: on.export.handler(({ input: { form, ...filter }, context: { signed } }) =>
    exportLines(signed, filter, form),
  ),
  stamps: on.stamps.handler(({ context: { signed } }) => stampsHere(signed.open.desk)),
  rights: on.rights.handler(({ context: { signed } }) => ({ changes: rightChanges(signed) })),
};
