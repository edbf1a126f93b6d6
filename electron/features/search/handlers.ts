import { signedIn } from '../../host/context.ts';
import { findDocuments } from './find.ts';

export const searchHandlers = {
  find: signedIn.search.find.handler(({ input, context: { signed } }) =>
    findDocuments(signed.open.desk.db, signed.scope, input),
  ),
};
