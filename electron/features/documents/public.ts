/** What other rooms of the desk may use of this one. */
export { csvOf } from './csv.ts';
export { decisionsOn } from './decisions.ts';
export { Exports, removeMade } from './exports.ts';
export { duplicatesOf, fileOf, readableDocument } from './pages.ts';
export { documentsProjection, fileTextOf, keepFileText } from './projection.ts';
export { kindAndSubject, kindName, namesIn, printedToday, shortDay, type Names } from './register-cells.ts';
export { documentRow, rowColumns } from './rows.ts';
export { scopeSql, readableSql } from './scope-sql.ts';
export { Uploads } from './uploads.ts';
