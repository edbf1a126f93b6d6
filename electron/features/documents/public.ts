/** What other rooms of the desk may use of this one. */
export { Exports } from './exports.ts';
export { duplicatesOf, fileOf, readableDocument } from './pages.ts';
export { documentsProjection, keepFileText } from './projection.ts';
export { documentRow, rowColumns } from './rows.ts';
export { scopeSql, readableSql } from './scope-sql.ts';
export { Uploads } from './uploads.ts';
