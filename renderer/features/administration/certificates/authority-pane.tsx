import { Box } from '@mantine/core';
import { IconDownload, IconFileCertificate, IconKey } from '@tabler/icons-react';
import { dayOf } from '#shared/kernel/public.ts';
import type { AuthorityView } from '#shared/signing/public.ts';
import { core } from '../../../app/client.ts';
import { ActionBar } from '../../../ui/action-bar.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { StateMark } from '../../../ui/marks.tsx';
import { useMoment } from '../../../ui/moment-context.tsx';
import { formatDay, formatExact } from '../../../ui/moments.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { inGroups } from './fingerprint.ts';
import { bytesOfBase64, saveFile } from './save-file.ts';

type AuthorityPaneProps = Readonly<{ authority: AuthorityView; onRenewLevel: () => void }>;

/** The agency's authority itself: its root, who opens it, its issuing levels and the newest lists. */
export function AuthorityPane({ authority, onRenewLevel }: AuthorityPaneProps) {
  const words = useWords();
  const { root, keepers, levels } = authority;
  const current = levels.findLast(({ revoked }) => revoked === null);
  const saveList = async (serial: string): Promise<void> => {
    try {
      const { file } = await core.authority.revocationList({ level: serial });
      saveFile(await file.arrayBuffer(), { name: `${serial}.crl`, type: 'application/pkix-crl' });
    } catch (error) {
      toast({ text: sentenceOf(error, words), tone: 'danger' });
    }
  };
  return (
    <Box component="article" className="directory-pane" aria-labelledby="authority" tabIndex={0}>
      <header className="directory-head">
        <h2 id="authority">{root.name}</h2>
      </header>
      <p className="dim certificate-about">{words('certificates.authority.about')}</p>
      <Facts
        facts={[
          {
            label: words('certificates.root.fingerprint'),
            value: <span className="figures certificate-number">{inGroups(root.fingerprint)}</span>,
            wide: true,
          },
          { label: words('certificates.from'), value: formatDay(dayOf(root.validFrom)) },
          { label: words('certificates.to'), value: formatDay(dayOf(root.validTo)) },
          {
            label: words('certificates.keepers'),
            value: keepers.names.join(', '),
            wide: true,
          },
          {
            label: words('certificates.keepers.needed'),
            value: words('certificates.keepers.of', {
              needed: keepers.needed,
              count: keepers.names.length,
            }),
          },
        ]}
      />
      <Levels authority={authority} />
      <ActionBar
        label={words('certificates.acts')}
        actions={[
          ...(current === undefined
            ? []
            : [
                {
                  id: 'certificates.list.save',
                  label: words('certificates.crl.save'),
                  icon: IconDownload,
                  run: () => {
                    void saveList(current.serial);
                  },
                },
              ]),
          {
            id: 'certificates.root.save',
            label: words('certificates.root.save'),
            icon: IconFileCertificate,
            run: () => {
              const bytes = bytesOfBase64(root.certificate);
              saveFile(bytes, { name: 'chung-thu-goc.cer', type: 'application/pkix-cert' });
            },
          },
          {
            id: 'certificates.level.renew',
            label: words('certificates.level.renew'),
            icon: IconKey,
            run: onRenewLevel,
          },
        ]}
      />
    </Box>
  );
}

function Levels({ authority: { levels, lists } }: Pick<AuthorityPaneProps, 'authority'>) {
  const words = useWords();
  const { now } = useMoment();
  const current = levels.findLast(({ revoked }) => revoked === null)?.serial ?? null;
  return (
    <section aria-labelledby="authority-levels">
      <h3 id="authority-levels">{words('certificates.levels')}</h3>
      <ul className="directory-lines">
        {levels.toReversed().map((level) => {
          const { serial, name, validFrom, validTo } = level;
          const list = lists.find((one) => one.level === serial);
          return (
            <li key={serial}>
              <div className="directory-line-head">
                <strong>{name}</strong>
                <LevelMark level={level} isCurrent={level.serial === current} />
              </div>
              <span className="dim">
                {words('certificates.validity', {
                  from: formatDay(dayOf(validFrom)),
                  to: formatDay(dayOf(validTo)),
                })}
              </span>
              {list !== undefined && (
                <span className="dim">
                  {words(list.nextUpdate < now ? 'certificates.crl.old' : 'certificates.crl', {
                    number: list.number,
                    at: formatExact(list.madeAt),
                    next: formatExact(list.nextUpdate),
                  })}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

type LevelMarkProps = Readonly<{ level: AuthorityView['levels'][number]; isCurrent: boolean }>;

function LevelMark({ level, isCurrent }: LevelMarkProps) {
  const words = useWords();
  if (level.revoked !== null) {
    return <StateMark label={words('certificates.standing.revoked')} tone="danger" />;
  }
  const standing = isCurrent ? 'running' : 'former';
  return <StateMark label={words(`certificates.level.${standing}`)} tone={isCurrent ? 'proven' : 'plain'} />;
}
