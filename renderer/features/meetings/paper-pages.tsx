import { ActionIcon, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { AgendaItemId, PaperId } from '#shared/kernel/public.ts';
import type { AgendaItem, MeetingPage, Paper } from '#shared/meetings/public.ts';
import { useShortcut } from '../../ui/commands.tsx';
import { Hint } from '../../ui/hint.tsx';
import { useWords } from '../../ui/use-words.ts';
import { NotedPdf } from './notes/noted-pdf.tsx';
import { paperSource } from './paper-source.ts';

/** One version of a paper that is being read. */
export type OpenPaper = Readonly<{ itemId: AgendaItemId; paper: PaperId; n: number }>;

type PaperPagesProps = Readonly<{
  page: MeetingPage;
  open: OpenPaper;
  onOpen: (paper: OpenPaper) => void;
  onClose: () => void;
}>;

/** The pages of a paper beside the agenda, any version of it. */
export function PaperPages({ page, open, onOpen, onClose }: PaperPagesProps) {
  const words = useWords();
  useShortcut({ keys: 'Escape', label: words('meetings.paper.close'), run: onClose });
  const item = page.items.find((one) => one.item?.id === open.itemId)?.item ?? null;
  const paper = item?.papers.find(({ id }) => id === open.paper);
  const version = paper?.versions.find(({ n }) => n === open.n);
  if (item === null || paper === undefined || version === undefined) return null;
  const last = paper.versions.length;
  return (
    <section className="paper-pages" aria-label={paper.name}>
      <header className="paper-head">
        <h3 className="one-line" title={paper.name}>
          {paper.name}
        </h3>
        {last > 1 && (
          <Select
            size="xs"
            w="9.5rem"
            aria-label={words('meetings.paper.version')}
            allowDeselect={false}
            value={String(open.n)}
            data={paper.versions
              .map(({ n }) => ({
                value: String(n),
                label: words(n === last ? 'meetings.paper.last' : 'meetings.paper.older', { n }),
              }))
              .toReversed()}
            onChange={(value) => {
              onOpen({ ...open, n: Number(value) });
            }}
          />
        )}
        <Hint text={words('meetings.paper.close')} keys="Escape">
          <ActionIcon
            variant="subtle"
            color="gray"
            className="quiet-button"
            aria-label={words('meetings.paper.close')}
            onClick={onClose}
          >
            <IconX size="1rem" stroke={1.75} />
          </ActionIcon>
        </Hint>
      </header>
      {version.n > 1 && (
        <p className="paper-changed">
          {words('meetings.replaced', { n: version.n - 1, reason: version.reason })}
        </p>
      )}
      <Pages key={version.file.hash} item={item} paper={paper} version={version} />
    </section>
  );
}

type PagesProps = Readonly<{ item: AgendaItem; paper: Paper; version: Paper['versions'][number] }>;

function Pages({ item, paper, version: { n, file } }: PagesProps) {
  const { id: itemId } = item;
  const { id } = paper;
  const { size } = file;
  const source = useMemo(() => paperSource({ item: itemId, paper: id, n, size }), [itemId, id, n, size]);
  return <NotedPdf item={item} paper={paper} n={n} source={source} label={paper.name} />;
}
