import { Select } from '@mantine/core';
import { IconArrowLeft, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import {
  countings,
  firstSettings,
  type Counting,
  type RetentionRule,
  type RetentionSettings,
} from '#shared/dossiers/public.ts';
import { ask, core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { useRouter } from '../../app/router.tsx';
import { ActButton } from '../../ui/act-button.tsx';
import { useShortcut } from '../../ui/commands.tsx';
import { Note } from '../../ui/gate.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { disposalsPath } from './keeping-paths.ts';
import { RetentionDialog } from './retention-dialog.tsx';
import { RetentionRules } from './retention-rules.tsx';
import { useDossierAsk } from './use-dossier-ask.ts';
import './keeping.css';

/** The place of the rule in hand among the agency's own; its length for a new one. */
type Doing = Readonly<{ place: number }>;

/** Thời hạn bảo quản: the agency's own rules before the schedule that comes along, each with what says so and how sure it is. */
export function RetentionPage() {
  const words = useWords();
  const { person } = useMe();
  const { go } = useRouter();
  const [doing, setDoing] = useState<Doing | null>(null);
  const { data } = useQuery({
    queryKey: ['dossiers', 'retention'],
    queryFn: () => core.dossiers.retention({}),
  });
  const close = (): void => {
    setDoing(null);
  };
  const act = useDossierAsk(close);
  const settings = data?.settings ?? firstSettings;
  const { rules, counting } = settings;
  const mayArrange = whyNotCall('dossiers.arrangeRetention', person) === null;
  const begin = (place: number): void => {
    act.reset();
    setDoing({ place });
  };
  const arrange = (more: Partial<RetentionSettings>): void => {
    act.send({
      id: 'arrange',
      run: () => ask(core.dossiers.arrangeRetention, { ...settings, ...more }),
    });
  };
  const put = (place: number, rule: RetentionRule | null): void => {
    arrange({
      rules: [...rules.slice(0, place), ...(rule === null ? [] : [rule]), ...rules.slice(place + 1)],
    });
  };
  useShortcut({
    keys: 'N',
    label: words('retention.act.add'),
    run: () => {
      begin(rules.length);
    },
    enabled: mayArrange,
  });
  return (
    <div className="place">
      <PlaceHead
        title={words('retention.title')}
        count={data === undefined ? null : rules.length}
        below={
          <>
            <ActButton
              label={words('place.disposals')}
              icon={IconArrowLeft}
              second
              run={() => {
                go(pathTo(disposalsPath));
              }}
            />
            <Select
              size="xs"
              w="20rem"
              aria-label={words('retention.counting')}
              allowDeselect={false}
              disabled={!mayArrange}
              value={counting}
              data={countings.map((one) => ({ value: one, label: words(`retention.counting.${one}`) }))}
              onChange={(value) => {
                const next = countings.find((one): one is Counting => one === value);
                if (next !== undefined && next !== counting) arrange({ counting: next });
              }}
            />
          </>
        }
      >
        {mayArrange && (
          <ActButton
            label={words('retention.act.add')}
            icon={IconPlus}
            keys="N"
            run={() => {
              begin(rules.length);
            }}
          />
        )}
      </PlaceHead>
      <div className="place-list keeping" data-scrolls>
        {act.error !== null && doing === null && <Note tone="danger">{act.error}</Note>}
        <RetentionRules
          title={words('retention.own')}
          help={words(rules.length === 0 ? 'retention.own.none' : 'retention.own.help')}
          rules={rules}
          onChange={mayArrange ? begin : null}
          onRaise={
            mayArrange
              ? (place) => {
                  arrange({ rules: raised(rules, place) });
                }
              : null
          }
        />
        {data !== undefined && (
          <RetentionRules
            title={words('retention.schedule')}
            help={data.schedule.source}
            rules={data.schedule.rules}
            onChange={null}
            onRaise={null}
          />
        )}
      </div>
      {doing !== null && (
        <RetentionDialog
          rule={rules[doing.place] ?? null}
          busy={act.busy}
          error={act.error}
          onClose={close}
          onDone={(rule) => {
            put(doing.place, rule);
          }}
        />
      )}
    </div>
  );
}

/** One place up: the first rule that a title speaks of is the one that counts. */
function raised(rules: readonly RetentionRule[], place: number): RetentionRule[] {
  return rules.flatMap((rule, at) => {
    if (at === place) return [];
    const moved = rules[place];
    return at === place - 1 && moved !== undefined ? [moved, rule] : [rule];
  });
}
