import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { InstantSchema, dayOf } from '#shared/kernel/public.ts';
import type { LaterChange, SignatureReport } from '#shared/signing/public.ts';
import { Facts } from '../../ui/facts.tsx';
import { Note } from '../../ui/gate.tsx';
import { ProofMark } from '../../ui/marks.tsx';
import { formatDay, formatExact } from '../../ui/moments.ts';
import { useWords } from '../../ui/use-words.ts';
import type { Words } from '../../ui/words.ts';
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
  const who = sayWho(signature, words);
  return (
    <section className="signature" aria-label={who}>
      <h3>{who}</h3>
      <ProofMark proof={proofOf(verdict)} label={words(`verdict.${verdict}`)} />
      <p>{sayWhen(signature, words)}</p>
      <p>{sayAfter(signature, all, words)}</p>
      <SignatureReasons reasons={reasons} />
      {signedBytes !== null && !coversWholeFile && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconHistory size="1rem" stroke={1.75} aria-hidden />}
          onClick={onShow}
        >
          {words('signatures.revision.show')}
        </Button>
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
          { label: words('signatures.signedAt'), value: sayMoment(signedAt), wide: true },
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

function sayWho({ role, signer, certificate }: SignatureReport, words: Words): string {
  const agency = certificate?.organization ?? null;
  const known = role !== null && ['leader', 'seal', 'initials', 'copy', 'timestamp'].includes(role);
  const said = words(`signatures.who.${known ? role : 'other'}`, { signer });
  const isOfAgency = agency !== null && agency !== signer && role !== 'timestamp';
  return isOfAgency ? words('signatures.who.of', { said, agency }) : said;
}

/** A time-stamp proves; the signer's own clock only says. */
function sayWhen({ role, provenAt, signedAt, timestamp }: SignatureReport, words: Words): string {
  if (role === 'timestamp') return words('signatures.when.stamp', { at: sayMoment(timestamp) });
  if (provenAt !== null) return words('signatures.when.proven', { at: sayMoment(provenAt) });
  if (signedAt === null) return words('signatures.when.unknown');
  return words('signatures.when.claimed', { at: sayMoment(signedAt) });
}

function sayAfter(
  { integrity, changesAfter }: SignatureReport,
  all: readonly SignatureReport[],
  words: Words,
): string {
  if (integrity === 'broken') return words('integrity.broken');
  if (changesAfter.length === 0) return words('signatures.after.nothing');
  const said = changesAfter.map((change) => sayChange(change, all, words));
  return words('signatures.after.list', { changes: [...new Set(said)].join('; ') });
}

function sayChange(
  { kind, field, text }: LaterChange,
  all: readonly SignatureReport[],
  words: Words,
): string {
  if (kind === 'field-filled') {
    const place = field === 'number' || field === 'date' ? field : 'other';
    return words(`signatures.after.filled.${place}`, { field: field ?? '', text: text ?? '' });
  }
  if (kind !== 'signature-added') return words(`signatures.after.${kind}`);
  const signature = all.find((one) => one.field === field);
  if (signature === undefined) return words('signatures.after.signature-added');
  const { role, signer } = signature;
  return role === 'seal' ? words('signatures.after.sealed', { signer }) : sayWho(signature, words);
}

function sayMoment(text: string | null): string {
  const at = InstantSchema.safeParse(text);
  return at.success ? formatExact(at.data) : (text ?? '');
}
