import { Button, Switch, Tabs } from '@mantine/core';
import { IconArrowBackUp, IconFileOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { AgendaItem, Paper } from '#shared/meetings/public.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { KeyCaps } from '../../../ui/key-caps.tsx';
import { PdfView } from '../../../ui/pdf-view.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { NotedPdf } from '../notes/noted-pdf.tsx';
import { paperSource } from '../paper-source.ts';
import type { Following } from './use-following.ts';

type PaperPaneProps = Readonly<{
  item: AgendaItem | null;
  following: Following;
  /** On the wall of a hall: the paper alone, since what somebody noted on it is theirs. */
  isForAll?: boolean;
}>;

/** The papers of the item that is looked at, at the page the chair shows, until this person turns pages themselves. */
export function PaperPane({ item, following, isForAll = false }: PaperPaneProps) {
  const words = useWords();
  const paper = item?.papers.find(({ id }) => id === following.looked?.paper) ?? item?.papers[0] ?? null;
  const version = paper?.versions.at(-1);
  if (item === null) {
    return (
      <section className="sitting-paper" aria-label={words('sitting.papers')}>
        <EmptyState
          icon={IconFileOff}
          title={words('sitting.no-item')}
          help={words('sitting.no-item.help')}
        />
      </section>
    );
  }
  return (
    <section className="sitting-paper" aria-label={words('sitting.papers')}>
      <div className="sitting-paper-head">
        <h2>{item.title}</h2>
        <FollowState following={following} />
      </div>
      {item.papers.length > 1 && paper !== null && (
        <Tabs
          value={paper.id}
          onChange={(id) => {
            const chosen = item.papers.find((one) => one.id === id);
            if (chosen !== undefined) following.turn({ item: item.id, paper: chosen.id, page: 1 });
          }}
        >
          <Tabs.List>
            {item.papers.map(({ id, name }) => (
              <Tabs.Tab key={id} value={id}>
                {name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
      )}
      {paper === null || version === undefined ? (
        <EmptyState icon={IconFileOff} title={words('sitting.no-paper')} />
      ) : (
        <PaperPages key={paper.id} {...{ item, paper, version, following, isForAll }} />
      )}
    </section>
  );
}

/** Whether this window leads, follows or went its own way, and the one key that brings it back. */
function FollowState({ following }: Readonly<{ following: Following }>) {
  const words = useWords();
  const { may, leads, isAway } = following;
  return (
    <span className="sitting-follow">
      {isAway && (
        <Button
          size="compact-sm"
          leftSection={<IconArrowBackUp size="1rem" stroke={1.75} aria-hidden />}
          rightSection={<KeyCaps keys="T" />}
          onClick={following.comeBack}
        >
          {words('sitting.follow.back')}
        </Button>
      )}
      {!isAway && !leads && following.shown !== null && (
        <span className="dim">{words('sitting.follow.following')}</span>
      )}
      {may && (
        <Switch
          size="sm"
          label={words('sitting.follow.lead')}
          checked={leads}
          onChange={(event) => {
            following.lead(event.currentTarget.checked);
          }}
        />
      )}
    </span>
  );
}

type PaperPagesProps = Readonly<{
  item: AgendaItem;
  paper: Paper;
  version: Paper['versions'][number];
  following: Following;
  isForAll: boolean;
}>;

function PaperPages({ item: whole, paper, version, following, isForAll }: PaperPagesProps) {
  const words = useWords();
  const { id: item } = whole;
  const { n, file, reason } = version;
  const { id, name } = paper;
  const { size } = file;
  const source = useMemo(() => paperSource({ item, paper: id, n, size }), [item, id, n, size]);
  const { shown, isOwn, looked, turn } = following;
  const isShown = shown?.item === item && (shown.paper === null || shown.paper === id);
  // Whoever turned a page themselves is moved by nobody, the chair included.
  const page = isShown && !isOwn ? shown.page : null;
  const at = useMemo(() => (page === null ? null : { page }), [page]);
  const view = {
    source,
    label: n === 1 ? name : words('sitting.paper-version', { name, n }),
    keepPlace: true,
    shown: at,
    onTurned: (turned: number) => {
      if (turned !== looked?.page || !isShown) turn({ item, paper: id, page: turned });
    },
  };
  return (
    <>
      {n > 1 && (
        <p className="sitting-replaced" role="status">
          {words('sitting.replaced', { n, before: n - 1, reason })}
        </p>
      )}
      {isForAll ? <PdfView {...view} /> : <NotedPdf item={whole} paper={paper} n={n} {...view} />}
    </>
  );
}
