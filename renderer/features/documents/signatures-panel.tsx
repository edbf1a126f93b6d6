import { useQuery } from '@tanstack/react-query';
import { IconSignatureOff } from '@tabler/icons-react';
import type { DocumentPage } from '#shared/documents/public.ts';
import type { DocumentId, Hash } from '#shared/kernel/public.ts';
import { InstantSchema } from '#shared/kernel/public.ts';
import type { SignatureReport, Verdict } from '#shared/signing/public.ts';
import { core } from '../../app/client.ts';
import { fixedRoot } from '../../app/follow-changes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { ListFailed, ListLoading } from '../../ui/list-states.tsx';
import { ProofMark, type Proof } from '../../ui/marks.tsx';
import { Note, Stack } from '../../ui/gate.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useWords } from '../../ui/use-words.ts';

/** Doubt is never green (`ui.md`): only a verdict of valid is proven. */
const proofs: Readonly<Record<Verdict, Proof>> = {
  valid: 'proven',
  invalid: 'broken',
  indeterminate: 'unclear',
  unsigned: 'unclear',
};

/** How a verdict is marked. */
export function proofOf(verdict: Verdict): Proof {
  return proofs[verdict];
}

/** What checking the signatures of a file says; the same bytes are checked once. */
export function useSignatureReport(documentId: DocumentId, hash: Hash | null) {
  return useQuery({
    queryKey: [fixedRoot, hash, 'signatures', documentId],
    queryFn: async () => (hash === null ? null : core.signing.verify({ documentId, hash })),
    enabled: hash !== null,
  });
}

/** Who signed, for which agency, when, and what changed after, in plain words. */
export function SignaturesPanel({ page }: Readonly<{ page: DocumentPage }>) {
  const words = useWords();
  const { document } = page;
  const report = useSignatureReport(document.id, document.file?.hash ?? null);
  if (document.file === null) {
    return <EmptyState icon={IconSignatureOff} title={words('signatures.noFile')} />;
  }
  if (report.isError) return <ListFailed error={report.error} retry={() => void report.refetch()} />;
  if (report.data === undefined || report.data === null) {
    return <ListLoading label={words('signatures.checking')} />;
  }
  const { signatures, verdict, reasons } = report.data;
  if (signatures.length === 0) {
    return (
      <EmptyState
        icon={IconSignatureOff}
        title={words('verdict.unsigned')}
        help={words(
          document.direction === 'incoming' ? 'signatures.none.incoming' : 'signatures.none.outgoing',
        )}
      />
    );
  }
  return (
    <Stack>
      <ProofMark proof={proofs[verdict]} label={words(`signatures.whole.${verdict}`)} />
      <Reasons reasons={reasons} />
      {signatures.map((signature) => (
        <Signature key={signature.field} signature={signature} />
      ))}
    </Stack>
  );
}

function Signature({ signature }: Readonly<{ signature: SignatureReport }>) {
  const words = useWords();
  const { signer, role, signedAt, verdict, integrity, trust, timestamp, coversWholeFile } = signature;
  const when = InstantSchema.safeParse(signedAt);
  const stamped = InstantSchema.safeParse(timestamp);
  return (
    <section aria-label={signer}>
      <Facts
        facts={[
          { label: words('signatures.signer'), value: <strong>{signer}</strong>, wide: true },
          {
            label: words('signatures.verdict'),
            value: <ProofMark proof={proofs[verdict]} label={words(`verdict.${verdict}`)} />,
            wide: true,
          },
          ...(role === null ? [] : [{ label: words('signatures.role'), value: roleWord(role), wide: true }]),
          {
            label: words('signatures.signedAt'),
            value: when.success ? <RelativeTime at={when.data} /> : signedAt,
          },
          {
            label: words('signatures.timestamp'),
            value: stamped.success ? <RelativeTime at={stamped.data} /> : words('signatures.timestamp.none'),
          },
          {
            label: words('signatures.content'),
            value: `${words(`integrity.${integrity}`)}${coversWholeFile ? '' : `. ${words('signatures.partly')}`}`,
            wide: true,
          },
          { label: words('signatures.certificate'), value: words(`trust.${trust}`), wide: true },
        ]}
      />
      <Reasons reasons={signature.reasons} />
    </section>
  );

  function roleWord(code: string): string {
    const key = `signatures.role.${code}`;
    const said = words(key);
    return said === key ? code : said;
  }
}

function Reasons({ reasons }: Readonly<{ reasons: readonly string[] }>) {
  const words = useWords();
  if (reasons.length === 0) return null;
  return (
    <Note tone="soon">
      {reasons.map((reason) => (
        <p key={reason}>{sentence(reason)}</p>
      ))}
    </Note>
  );

  function sentence(reason: string): string {
    const key = `reason.${reason}`;
    const said = words(key);
    return said === key ? reason : said;
  }
}
