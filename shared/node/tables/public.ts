export { csvOf } from './csv.ts';
export { csvRows, csvText, type CsvRow } from './read-csv.ts';
export { tableFile } from './table-file.ts';
