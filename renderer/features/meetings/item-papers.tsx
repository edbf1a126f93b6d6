import { ActionIcon } from '@mantine/core';
import { IconFileText, IconReplace } from '@tabler/icons-react';
import { useRef } from 'react';
import type { PaperId } from '#shared/kernel/public.ts';
import type { AgendaItem, Paper } from '#shared/meetings/public.ts';
import { Hint } from '../../ui/hint.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { OpenPaper } from './paper-pages.tsx';

type ItemPapersProps = Readonly<{
  item: AgendaItem;
  mayBring: boolean;
  onRead: (paper: OpenPaper) => void;
  onReplace: (file: File, instead: PaperId) => void;
}>;

/** The papers of an item, each with a mark where it stands in for one that was there before. */
export function ItemPapers({ item, mayBring, onRead, onReplace }: ItemPapersProps) {
  if (item.papers.length === 0) return null;
  return (
    <ul className="papers">
      {item.papers.map((paper) => (
        <li key={paper.id}>
          <PaperLine
            paper={paper}
            onRead={() => {
              onRead({ itemId: item.id, paper: paper.id, n: paper.versions.length });
            }}
            onReplace={
              mayBring
                ? (file) => {
                    onReplace(file, paper.id);
                  }
                : null
            }
          />
        </li>
      ))}
    </ul>
  );
}

type PaperLineProps = Readonly<{
  paper: Paper;
  onRead: () => void;
  onReplace: ((file: File) => void) | null;
}>;

function PaperLine({ paper, onRead, onReplace }: PaperLineProps) {
  const words = useWords();
  const chooser = useRef<HTMLInputElement>(null);
  const last = paper.versions.at(-1);
  return (
    <>
      <button type="button" className="paper-open" onClick={onRead}>
        <IconFileText size="1rem" stroke={1.75} aria-hidden />
        <span>{paper.name}</span>
        {last?.file.pages != null && (
          <span className="dim figures">{words('meetings.pages', { count: last.file.pages })}</span>
        )}
      </button>
      {onReplace !== null && (
        <>
          <Hint text={words('meetings.replace')}>
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              className="quiet-button"
              aria-label={words('meetings.replace.of', { name: paper.name })}
              onClick={() => {
                chooser.current?.click();
              }}
            >
              <IconReplace size="0.875rem" stroke={1.75} />
            </ActionIcon>
          </Hint>
          <input
            ref={chooser}
            type="file"
            hidden
            accept=".pdf,application/pdf"
            aria-label={words('meetings.replace.of', { name: paper.name })}
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              if (file !== undefined) onReplace(file);
              event.currentTarget.value = '';
            }}
          />
        </>
      )}
      {last !== undefined && last.n > 1 && (
        <span className="paper-changed">
          {words('meetings.replaced', { n: last.n - 1, reason: last.reason })}{' '}
          <span className="dim">
            <RelativeTime at={last.at} />
          </span>
        </span>
      )}
    </>
  );
}
