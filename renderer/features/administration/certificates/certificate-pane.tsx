import { Box } from '@mantine/core';
import { IconBan, IconBuildingBank, IconRefresh } from '@tabler/icons-react';
import { dayOf } from '#shared/kernel/public.ts';
import type { AuthorityView, CertificateView } from '#shared/signing/public.ts';
import { ActionBar, type Action } from '../../../ui/action-bar.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Note } from '../../../ui/gate.tsx';
import { formatDay, formatExact } from '../../../ui/moments.ts';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import { StandingMark } from './standing-mark.tsx';

type CertificatePaneProps = Readonly<{
  certificate: CertificateView;
  authority: AuthorityView;
  onDo: (act: 'renew' | 'revoke') => void;
  onAuthority: () => void;
}>;

/** One certificate: whose it is, from when to when, and what may be done with it. */
export function CertificatePane({ certificate, authority, onDo, onAuthority }: CertificatePaneProps) {
  const words = useWords();
  const { nameOf, personOf } = useDirectory();
  const { name, holder, serial, standing, validFrom, validTo, issuedBy, issuedAt, level } = certificate;
  const hasLeft = holder.use === 'person' && personOf(holder.person)?.active === false;
  const isRevoked = standing === 'revoked';
  const whyNot = (key: string): Pick<Action, 'whyNot'> => ({ whyNot: { reason: words(key) } });
  return (
    <Box component="article" className="directory-pane" aria-labelledby="certificate" tabIndex={0}>
      <header className="directory-head">
        <h2 id="certificate">{name}</h2>
        <StandingMark standing={standing} />
      </header>
      {standing === 'ending' && <Note tone="soon">{words('certificates.ending.help')}</Note>}
      {hasLeft && !isRevoked && <Note tone="soon">{words('certificates.holder.left')}</Note>}
      <Revocation certificate={certificate} authority={authority} />
      <Facts
        facts={[
          { label: words('certificates.use'), value: words(`certificates.use.${holder.use}`) },
          {
            label: words('certificates.level'),
            value: authority.levels.find((one) => one.serial === level)?.name,
          },
          { label: words('certificates.from'), value: formatDay(dayOf(validFrom)) },
          { label: words('certificates.to'), value: formatDay(dayOf(validTo)) },
          { label: words('certificates.issuedBy'), value: nameOf(issuedBy) },
          { label: words('certificates.issuedAt'), value: formatExact(issuedAt) },
          {
            label: words('certificates.serial'),
            value: <span className="figures certificate-number">{serial}</span>,
            wide: true,
          },
        ]}
      />
      <ActionBar
        label={words('certificates.acts')}
        actions={[
          {
            id: 'certificates.renew',
            label: words('certificates.renew'),
            icon: IconRefresh,
            keys: 'S',
            ...(isRevoked ? whyNot('certificates.renew.revoked') : {}),
            ...(hasLeft ? whyNot('certificates.renew.left') : {}),
            run: () => {
              onDo('renew');
            },
          },
          {
            id: 'certificates.revoke',
            label: words('certificates.revoke'),
            icon: IconBan,
            danger: true,
            ...(isRevoked ? whyNot('refusal.signing.certificate-revoked-already') : {}),
            ...(standing === 'ended' ? whyNot('certificates.revoke.ended') : {}),
            run: () => {
              onDo('revoke');
            },
          },
          {
            id: 'certificates.authority',
            label: words('certificates.authority'),
            icon: IconBuildingBank,
            run: onAuthority,
          },
        ]}
      />
    </Box>
  );
}

function Revocation({ certificate, authority }: Pick<CertificatePaneProps, 'certificate' | 'authority'>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const level = authority.levels.find(({ serial }) => serial === certificate.level);
  const revoked = certificate.revoked ?? level?.revoked ?? null;
  if (revoked === null) return null;
  const { since, reason, why, revokedBy } = revoked;
  return (
    <Note tone="danger">
      <p>
        {words(certificate.revoked === null ? 'certificates.revoked.level' : 'certificates.revoked', {
          since: formatExact(since),
          reason: words(`certificates.reason.${reason}`),
        })}
      </p>
      <p>{words('certificates.revoked.why', { why, name: nameOf(revokedBy) })}</p>
    </Note>
  );
}
