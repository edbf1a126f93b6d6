export { csvRows, csvText, type CsvRow } from './read-csv.ts';
export { tableFile } from './table-file.ts';
