import type { Role } from '#shared/directory/public.ts';
import type { Words } from '../../../ui/words.ts';

const exampleRoles = ['officer', 'unit-head'] as const satisfies readonly Role[];

/** Hands the system a people file to fill in, with the headings that are read and two lines as they should look. */
export function saveExampleFile(unit: string, words: Words): void {
  const rows = [
    ['name', 'post', 'unit', 'roles', 'email'].map((column) =>
      words(`administration.import.column.${column}`),
    ),
    ...exampleRoles.map((role) => [
      words(`administration.import.example.${role}.name`),
      words(`administration.import.example.${role}.post`),
      unit,
      words(`role.${role}`),
      '',
    ]),
  ];
  const text = rows.map((row) => row.map(quoted).join(',')).join('\r\n');
  // The mark at the beginning makes Excel read and keep it as UTF-8.
  const address = URL.createObjectURL(new Blob([`\u{feff}${text}\r\n`], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = words('administration.import.example.file');
  link.click();
  URL.revokeObjectURL(address);
}

function quoted(cell: string): string {
  return /[",;\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
