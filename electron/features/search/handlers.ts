import { signedIn } from '../../host/context.ts';
import { findDocuments } from './find.ts';
import { countSought, exportSought, forgetQuery, saveQuery, savedQueries, seek } from './seek.ts';

const on = signedIn.search;

export const searchHandlers = {
  find: on.find.handler(({ input, context: { signed } }) =>
    findDocuments(signed.open.desk.db, signed.scope, input),
  ),
  seek: on.seek.handler(({ input, context: { signed } }) => ({
    rows: seek(signed.open.desk.db, signed.scope, input),
  })),
  count: on.count.handler(({ input, context: { signed } }) => ({
    total: countSought(signed.open.desk.db, signed.scope, input.query),
  })),
  export: on.export.handler(({ input, context: { signed } }) =>
    exportSought(signed, input.query, input.form),
  ),
  saved: on.saved.handler(({ context: { signed } }) => ({
    saved: savedQueries(signed.open.desk.db, signed.person.id),
  })),
  save: on.save.handler(({ input, context: { signed } }) => {
    saveQuery(signed.open.desk.db, signed.person.id, input);
    return { ok: true as const };
  }),
  forget: on.forget.handler(({ input, context: { signed } }) => {
    forgetQuery(signed.open.desk.db, signed.person.id, input.name);
    return { ok: true as const };
  }),
};
