import { ActionIcon, Table } from '@mantine/core';
import { IconFolder, IconX } from '@tabler/icons-react';
import type { DossierPage, DossierRow } from '#shared/dossiers/public.ts';
import type { DocumentRow } from '#shared/documents/public.ts';
import type { DocumentId, DossierId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { ExportMenu } from '../../app/export-menu.tsx';
import { pathTo } from '../../app/paths.ts';
import { Link } from '../../app/router.tsx';
import { formatDay } from '../../ui/moments.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { documentPath, sayState } from '../documents/public.ts';
import { dossiersPath } from './dossier-paths.ts';

type ContentsTableProps = Readonly<{
  dossier: DossierId;
  items: DossierPage['items'];
  parts: readonly DossierRow[];
  /** Null for whoever may not change the file. */
  onTakeOut: ((document: DocumentId) => void) | null;
  /** Opens papers and parts where the file is shown, and not on pages of their own. */
  inside?: Inside | undefined;
}>;
export type Inside = Readonly<{ onPaper: (id: DocumentId) => void; onPart: (id: DossierId) => void }>;

/** Mục lục văn bản trong hồ sơ (NĐ 30 PL5), its parts first. */
export function ContentsTable({ dossier, items, parts, onTakeOut, inside }: ContentsTableProps) {
  const words = useWords();
  return (
    <>
      {parts.length > 0 && (
        <section className="dossier-parts" aria-label={words('dossiers.parts')}>
          <h3>{words('dossiers.parts')}</h3>
          <ul>
            {parts.map((part) => (
              <li key={part.id}>
                <IconFolder size="1rem" stroke={1.75} aria-hidden />{' '}
                <Way
                  to={pathTo(dossiersPath, { id: part.id })}
                  open={
                    inside === undefined
                      ? null
                      : () => {
                          inside.onPart(part.id);
                        }
                  }
                >{`${part.code} · ${part.title}`}</Way>{' '}
                <span className="dim">
                  {words(`state.dossier.${part.state}`)} · {words('dossiers.papers', { count: part.papers })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="dossier-contents" aria-label={words('dossiers.contents')}>
        <div className="dossier-contents-head">
          <h3>{words('dossiers.contents')}</h3>
          <ExportMenu
            what={words('dossiers.contents')}
            make={(form) => core.dossiers.printContents({ dossierId: dossier, form })}
          />
        </div>
        {items.length === 0 ? (
          <p className="dim">{words('dossiers.contents.empty')}</p>
        ) : (
          <Table stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words('dossiers.column.n')}</Table.Th>
                <Table.Th>{words('dossiers.column.notation')}</Table.Th>
                <Table.Th>{words('dossiers.column.day')}</Table.Th>
                <Table.Th>{words('dossiers.column.subject')}</Table.Th>
                <Table.Th>{words('dossiers.column.author')}</Table.Th>
                <Table.Th>{words('dossiers.column.state')}</Table.Th>
                {onTakeOut !== null && <Table.Th aria-label={words('dossiers.act.takeOut')} />}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map(({ n, document }) => (
                <ItemRow key={n} n={n} row={document} onTakeOut={onTakeOut} inside={inside} />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </section>
    </>
  );
}

function ItemRow({
  n,
  row,
  onTakeOut,
  inside,
}: Readonly<{ n: number; row: DocumentRow | null }> & Pick<ContentsTableProps, 'onTakeOut' | 'inside'>) {
  const words = useWords();
  const { own } = useDirectory();
  if (row === null) {
    return (
      <Table.Tr>
        <Table.Td className="figures">{n}</Table.Td>
        <Table.Td colSpan={onTakeOut === null ? 5 : 6} className="dim">
          {words('dossiers.item.hidden')}
        </Table.Td>
      </Table.Tr>
    );
  }
  const subject = row.subject === '' ? words('documents.noSubject') : row.subject;
  return (
    <Table.Tr>
      <Table.Td className="figures">{n}</Table.Td>
      <Table.Td>{row.notation}</Table.Td>
      <Table.Td className="figures">{row.issuedOn === null ? '' : formatDay(row.issuedOn)}</Table.Td>
      <Table.Td>
        <Way
          to={pathTo(documentPath[row.direction], { id: row.id })}
          open={
            inside === undefined
              ? null
              : () => {
                  inside.onPaper(row.id);
                }
          }
        >
          {subject}
        </Way>
      </Table.Td>
      <Table.Td>{row.direction === 'incoming' ? row.issuer : (own?.name ?? '')}</Table.Td>
      <Table.Td>{sayState(row, words)}</Table.Td>
      {onTakeOut !== null && (
        <Table.Td>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={words('dossiers.takeOut.one', { name: subject })}
            onClick={() => {
              onTakeOut(row.id);
            }}
          >
            <IconX size="1rem" stroke={1.75} aria-hidden />
          </ActionIcon>
        </Table.Td>
      )}
    </Table.Tr>
  );
}

/** A link to a page, or a button that looks like one. */
function Way({ to, open, children }: Readonly<{ to: string; open: (() => void) | null; children: string }>) {
  if (open === null) return <Link to={to}>{children}</Link>;
  return (
    <button type="button" className="link-button" onClick={open}>
      {children}
    </button>
  );
}
