import type { CertificateStanding } from '#shared/signing/public.ts';
import { StateMark, type Tone } from '../../../ui/marks.tsx';
import { useWords } from '../../../ui/use-words.ts';

const tones: Readonly<Record<CertificateStanding, Tone>> = {
  valid: 'proven',
  ending: 'soon',
  replaced: 'plain',
  ended: 'plain',
  revoked: 'danger',
};

/** Where a certificate stands, as a word. */
export function StandingMark({ standing }: Readonly<{ standing: CertificateStanding }>) {
  const words = useWords();
  return (
    <StateMark
      label={words(`certificates.standing.${standing}`)}
      tone={tones[standing]}
      waiting={standing === 'ending'}
    />
  );
}
