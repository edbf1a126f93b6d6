/** What other rooms of the desk may use of this one. */
export { decisionsOn } from './decisions.ts';
export { withoutUndefined } from './document-columns.ts';
export { Exports, removeMade } from './exports.ts';
export { duplicatesOf, fileOf, readableDocument } from './pages.ts';
export { printMark, printedName } from './print-file.ts';
export { documentsProjection, fileTextOf, keepFileNames, keepFileText } from './projection.ts';
export { kindAndSubject, kindName, namesIn, presentedTo, shortDay, type Names } from './register-cells.ts';
export { documentRow, rowColumns } from './rows.ts';
export { scopeSql, readableSql } from './scope-sql.ts';
export { keepTable, officeTable, type OfficeTable } from './table-file.ts';
export { Uploads, type CameIn } from './uploads.ts';
