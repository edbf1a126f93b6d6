import { ActionIcon, Button, Table } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import type { RetentionRule } from '#shared/dossiers/public.ts';
import { Hint } from '../../ui/hint.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { useWords } from '../../ui/use-words.ts';
import { sayRetention } from './retention-words.ts';

type RetentionRulesProps = Readonly<{
  title: string;
  help: string;
  rules: readonly RetentionRule[];
  /** Null for whoever only looks. */
  onChange: ((place: number) => void) | null;
  onRaise: ((place: number) => void) | null;
}>;

/** Rules of retention in the order they are asked in. */
export function RetentionRules({ title, help, rules, onChange, onRaise }: RetentionRulesProps) {
  const words = useWords();
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <p className="dim">{help}</p>
      {rules.length > 0 && (
        <Table aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words('retention.words')}</Table.Th>
              <Table.Th>{words('dossiers.retention')}</Table.Th>
              <Table.Th>{words('retention.basis')}</Table.Th>
              <Table.Th>{words('retention.sure')}</Table.Th>
              {onRaise !== null && <Table.Th w="2.5rem" aria-label={words('retention.order')} />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rules.map((rule, place) => {
              const said = rule.words.join('; ');
              return (
                <Table.Tr key={`${place}-${said}`}>
                  <Table.Td>
                    {onChange === null ? (
                      said
                    ) : (
                      <Button
                        size="compact-sm"
                        variant="transparent"
                        onClick={() => {
                          onChange(place);
                        }}
                      >
                        {said}
                      </Button>
                    )}
                  </Table.Td>
                  <Table.Td>{sayRetention(rule.retention, words)}</Table.Td>
                  <Table.Td>{rule.basis}</Table.Td>
                  <Table.Td>
                    <StateMark
                      label={words(`retention.sure.${rule.sure}`)}
                      tone={rule.sure === 'read' ? 'plain' : 'soon'}
                    />
                  </Table.Td>
                  {onRaise !== null && (
                    <Table.Td>
                      {place > 0 && (
                        <Hint text={words('retention.act.raise', { words: said })}>
                          <ActionIcon
                            variant="subtle"
                            color="gray"
                            aria-label={words('retention.act.raise', { words: said })}
                            onClick={() => {
                              onRaise(place);
                            }}
                          >
                            <IconArrowUp size="1rem" stroke={1.75} aria-hidden />
                          </ActionIcon>
                        </Hint>
                      )}
                    </Table.Td>
                  )}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
