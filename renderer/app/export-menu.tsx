import { Button, Menu } from '@mantine/core';
import { IconFileExport, IconFileSpreadsheet, IconFileText, IconPdf, IconTable } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { tableForms, type Export, type TableForm } from '#shared/documents/public.ts';
import { useCommands } from '../ui/commands.tsx';
import { sentenceOf } from '../ui/sentence-of.ts';
import { toast } from '../ui/toasts.tsx';
import { useWords } from '../ui/use-words.ts';
import { saveExport } from './made-file.ts';

const icons = { pdf: IconPdf, docx: IconFileText, xlsx: IconFileSpreadsheet, csv: IconTable } as const;

const types: Readonly<Record<TableForm, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
};

type ExportMenuProps = Readonly<{
  /** What goes out, as the palette says it. */
  what: string;
  make: (form: TableForm) => Promise<Export>;
  /** Shows the page before it is kept; without it the page is handed to the system like the other forms. */
  onPage?: (made: Export) => void;
  forms?: readonly TableForm[];
}>;

/** Xuất: a list in every form, from one menu; each stands in the palette too. */
export function ExportMenu({ what, make, onPage, forms = tableForms }: ExportMenuProps) {
  const words = useWords();
  const making = useMutation({
    mutationFn: async (form: TableForm) => {
      const made = await make(form);
      if (form === 'pdf' && onPage !== undefined) onPage(made);
      else await saveExport(made, types[form]);
    },
    onError: (error) => {
      toast({ text: sentenceOf(error, words), tone: 'danger' });
    },
  });
  const begin = (form: TableForm) => (): void => {
    if (!making.isPending) making.mutate(form);
  };
  useCommands(
    forms.map((form) => ({
      id: `export.${what}.${form}`,
      label: `${words('ui.export')}: ${what}, ${words(`ui.export.${form}`)}`,
      group: 'page' as const,
      run: begin(form),
    })),
  );
  return (
    <Menu withinPortal position="bottom-end">
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          loading={making.isPending}
          leftSection={<IconFileExport size="1rem" stroke={1.75} aria-hidden />}
        >
          {words('ui.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={what}>
        {forms.map((form) => {
          const Icon = icons[form];
          return (
            <Menu.Item
              key={form}
              leftSection={<Icon size="1rem" stroke={1.75} aria-hidden />}
              onClick={begin(form)}
            >
              {words(`ui.export.${form}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
