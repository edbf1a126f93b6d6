import { createPortal } from 'react-dom';
import type { Keepers } from '#shared/signing/public.ts';
import { useMoment } from '../../../ui/moment-context.tsx';
import { formatDay } from '../../../ui/moments.ts';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { inGroups } from './fingerprint.ts';
import type { Share } from './use-ceremony.ts';

type ShareSheetProps = Readonly<{ share: Share; number: number; keepers: Keepers }>;

/** One share in its groups on screen, and in print alone on a sheet that says what its keeper has to know. */
export function ShareSheet({ share, number, keepers }: ShareSheetProps) {
  const words = useWords();
  const { own } = useDirectory();
  const { today } = useMoment();
  const { groups, name, fingerprint } = share;
  const { length: count } = keepers.names;
  const paper = (
    <section className="share-paper">
      <h1>{own?.name}</h1>
      <h2>{words('certificates.sheet.title', { number, count })}</h2>
      <p>{words('certificates.sheet.keeper', { name, day: formatDay(today) })}</p>
      <Groups groups={groups} />
      <p>{words('certificates.sheet.rule', { needed: keepers.needed, count })}</p>
      <p>{words('certificates.sheet.root', { fingerprint: inGroups(fingerprint) })}</p>
    </section>
  );
  return (
    <>
      <section aria-label={words('certificates.share.number', { number })}>
        <Groups groups={groups} />
      </section>
      {createPortal(paper, document.body)}
    </>
  );
}

function Groups({ groups }: Pick<Share, 'groups'>) {
  return (
    <ol className="share-groups">
      {groups.map((group, place) => (
        <li key={`group ${place + 1}`}>
          <span className="dim">{place + 1}</span>
          <code>{group}</code>
        </li>
      ))}
    </ol>
  );
}
