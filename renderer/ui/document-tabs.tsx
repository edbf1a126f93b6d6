import { Tabs } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useWords } from './use-words.ts';

export const documentTabs = ['facts', 'course', 'signatures', 'related'] as const;
export type DocumentTab = (typeof documentTabs)[number];

type DocumentTabsProps = Readonly<{
  tabs: Readonly<Record<DocumentTab, ReactNode>>;
  counts: Partial<Readonly<Record<DocumentTab, number>>>;
  /** On a narrow window the page itself is the first tab. */
  page: ReactNode | null;
}>;

/** Four tabs about a document, and the page before them where there is no room beside. */
export function DocumentTabs({ tabs, counts, page }: DocumentTabsProps) {
  const words = useWords();
  const [chosen, setChosen] = useState<DocumentTab | 'page' | null>(null);
  const hasPage = page !== null;
  const shown = chosen === null || (chosen === 'page' && !hasPage) ? (hasPage ? 'page' : 'facts') : chosen;
  return (
    <Tabs
      className="document-tabs"
      value={shown}
      onChange={(value) => {
        setChosen(value === 'page' ? 'page' : (documentTabs.find((tab) => tab === value) ?? 'facts'));
      }}
    >
      <Tabs.List grow aria-label={words('ui.document.panel')}>
        {hasPage && <Tabs.Tab value="page">{words('ui.document.tab.page')}</Tabs.Tab>}
        {documentTabs.map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {words(`ui.document.tab.${tab}`)}
            {counts[tab] !== undefined && counts[tab] > 0 && (
              <span className="tab-count figures">{counts[tab]}</span>
            )}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {hasPage && (
        <Tabs.Panel value="page" className="document-page">
          {page}
        </Tabs.Panel>
      )}
      {documentTabs.map((tab) => (
        <Tabs.Panel key={tab} value={tab} className="document-tab" tabIndex={0}>
          {tabs[tab]}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
