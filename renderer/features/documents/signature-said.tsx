import { IconHistory } from '@tabler/icons-react';
import { dayOf } from '#shared/kernel/public.ts';
import { tellMoment, tellSignature, type SignatureReport } from '#shared/signing/public.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Note } from '../../ui/gate.tsx';
import { ProofMark } from '../../ui/marks.tsx';
import { formatDay, formatExact } from '../../ui/moments.ts';
import { useWords } from '../../ui/use-words.ts';
import { proofOf } from './proof-of.ts';

type SignatureSaidProps = Readonly<{
  signature: SignatureReport;
  /** All signatures of the file: what came after one of them is told by the names of the others. */
  all: readonly SignatureReport[];
  /** Shows the file as it was when this was signed. */
  onShow: () => void;
}>;

/** One signature in plain words: who, for which agency, since when, what came after; the rest folded away. */
export function SignatureSaid({ signature, all, onShow }: SignatureSaidProps) {
  const words = useWords();
  const { verdict, coversWholeFile, signedBytes, reasons } = signature;
  const { who, when, after } = tellSignature(signature, all, { words, moment: formatExact });
  return (
    <section className="signature" aria-label={who}>
      <h3>{who}</h3>
      <ProofMark proof={proofOf(verdict)} label={words(`verdict.${verdict}`)} />
      <p>{when}</p>
      <p>{after}</p>
      <SignatureReasons reasons={reasons} />
      {signedBytes !== null && !coversWholeFile && (
        <ActButton label={words('signatures.revision.show')} icon={IconHistory} second run={onShow} />
      )}
      <Technical signature={signature} />
    </section>
  );
}

/** What keeps a verdict from being sure, or makes it a no, one sentence each. */
export function SignatureReasons({ reasons }: Readonly<{ reasons: readonly string[] }>) {
  const words = useWords();
  if (reasons.length === 0) return null;
  return (
    <Note tone="soon">
      {reasons.map((reason) => (
        <p key={reason}>{words(`reason.${reason}`)}</p>
      ))}
    </Note>
  );
}

function Technical({ signature }: Readonly<{ signature: SignatureReport }>) {
  const words = useWords();
  const { level, indication, subIndication, certificate, signedAt, trust } = signature;
  return (
    <details className="signature-technical">
      <summary>{words('signatures.technical')}</summary>
      <Facts
        facts={[
          { label: words('signatures.level'), value: level },
          {
            label: words('signatures.indication'),
            value: subIndication === null ? indication : `${indication} / ${subIndication}`,
            wide: true,
          },
          {
            label: words('signatures.signedAt'),
            value: tellMoment(signedAt, { words, moment: formatExact }),
            wide: true,
          },
          { label: words('signatures.certificate'), value: words(`trust.${trust}`), wide: true },
          ...(certificate === null
            ? []
            : [
                { label: words('signatures.issuer'), value: certificate.issuer, wide: true },
                {
                  label: words('signatures.validity'),
                  value: `${formatDay(dayOf(certificate.validFrom))} – ${formatDay(dayOf(certificate.validTo))}`,
                  wide: true,
                },
                { label: words('signatures.serial'), value: certificate.serial, wide: true },
              ]),
        ]}
      />
    </details>
  );
}
