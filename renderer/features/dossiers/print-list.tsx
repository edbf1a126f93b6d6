import { Button, Menu } from '@mantine/core';
import { IconFileSpreadsheet, IconPrinter } from '@tabler/icons-react';
import type { Export } from '#shared/documents/public.ts';
import type { PrintForm } from '#shared/dossiers/public.ts';
import { useWords } from '../../ui/use-words.ts';
import { usePrinting } from './use-printing.ts';

type PrintListProps = Readonly<{ make: (form: PrintForm) => Promise<Export> }>;

/** Mục lục hồ sơ (NĐ 30 PL5) of the files that are shown. */
export function PrintList({ make }: PrintListProps) {
  const words = useWords();
  const { print, busy } = usePrinting(make);
  return (
    <Menu withinPortal>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          loading={busy}
          leftSection={<IconPrinter size="1rem" stroke={1.75} aria-hidden />}
        >
          {words('dossiers.print.files')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPrinter size="1rem" stroke={1.75} aria-hidden />}
          onClick={() => {
            print('pdf');
          }}
        >
          {words('dossiers.act.printList')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileSpreadsheet size="1rem" stroke={1.75} aria-hidden />}
          onClick={() => {
            print('csv');
          }}
        >
          {words('dossiers.act.listCsv')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
