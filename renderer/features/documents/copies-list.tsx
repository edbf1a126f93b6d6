import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import { targetOf, type CertifiedCopy, type OfficialDocument } from '#shared/documents/public.ts';
import { ask, core } from '../../app/client.ts';
import { saveExport } from '../../app/made-file.ts';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { sayPages } from './page-range.ts';
import { StoredFiles } from './stored-files.tsx';

/** The copies that were made of a document, newest first; the clerk may void one, and its number stays. */
export function CopiesList({ document }: Readonly<{ document: OfficialDocument }>) {
  const words = useWords();
  if (document.certifiedCopies.length === 0) return null;
  return (
    <section className="copies" aria-label={words('copy.list')}>
      <h3>{words('copy.list')}</h3>
      <ul>
        {document.certifiedCopies.toReversed().map((copy) => (
          <li key={copy.notation} data-voided={copy.voidedBecause !== null || undefined}>
            <Copy document={document} copy={copy} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Copy({ document, copy }: Readonly<{ document: OfficialDocument; copy: CertifiedCopy }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { notation, form, pages, recipients, purpose, voidedBecause, file } = copy;
  const shown = pages === null ? '' : words('copy.ofPages', { pages: sayPages(pages) });
  return (
    <>
      <span className="copy-head">
        <strong className="figures">{notation}</strong> {words(`copy.form.${form}`)}{' '}
        {targetOf(copy) === 'paper' && words('copy.onPaper')} {shown}
        <PrintCopy document={document} copy={copy} />
        <VoidCopy document={document} copy={copy} />
      </span>
      {targetOf(copy) === 'electronic' && <StoredFiles documentId={document.id} files={[{ file }]} />}
      <span className="dim">
        <RelativeTime at={copy.signedAt} />
        {' · '}
        {words('copy.to', { names: recipients.map(({ name }) => name).join('; ') })}
        {purpose !== '' && ` · ${purpose}`}
        {' · '}
        {words('copy.by', { name: nameOf(copy.decidedBy) })}
      </span>
      {voidedBecause !== null && (
        <span className="copy-voided">{words('copy.voided', { reason: voidedBecause })}</span>
      )}
    </>
  );
}

/** A copy on paper comes out of the printer with its number and the form of a copy. */
function PrintCopy({ document, copy }: Readonly<{ document: OfficialDocument; copy: CertifiedCopy }>) {
  const words = useWords();
  const { person } = useMe();
  const { number, year, notation } = copy;
  const printing = useMutation({
    mutationFn: async () => {
      const made = await core.workflow.printCopy({ documentId: document.id, number, year });
      await saveExport(made, 'application/pdf');
    },
    onError: (error) => {
      toast({ text: sentenceOf(error, words), tone: 'danger' });
    },
  });
  const isPrinted = targetOf(copy) === 'paper' && copy.voidedBecause === null;
  if (!isPrinted || whyNotCall('workflow.printCopy', person) !== null) return null;
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      loading={printing.isPending}
      aria-label={words('copy.print.one', { number: notation })}
      onClick={() => {
        printing.mutate();
      }}
    >
      {words('copy.print')}
    </Button>
  );
}

function VoidCopy({ document, copy }: Readonly<{ document: OfficialDocument; copy: CertifiedCopy }>) {
  const words = useWords();
  const { person } = useMe();
  const [asking, setAsking] = useState(false);
  const { number, year, notation } = copy;
  const voiding = useMutation({
    mutationFn: (reason: string) =>
      ask(core.documents.voidCopy, { documentId: document.id, number, year, reason }),
    onSuccess: () => {
      toast({ text: words('copy.void.done', { number: notation }) });
      setAsking(false);
    },
  });
  if (copy.voidedBecause !== null || whyNotCall('documents.voidCopy', person) !== null) return null;
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        aria-label={words('copy.void.one', { number: notation })}
        onClick={() => {
          voiding.reset();
          setAsking(true);
        }}
      >
        {words('copy.void')}
      </Button>
      <ReasonDialog
        opened={asking}
        onClose={() => {
          setAsking(false);
        }}
        title={words('copy.void.one', { number: notation })}
        text={words('copy.void.text')}
        confirm={words('copy.void')}
        danger
        busy={voiding.isPending}
        error={voiding.isError ? sentenceOf(voiding.error, words) : null}
        onConfirm={(reason) => {
          voiding.mutate(reason);
        }}
      />
    </>
  );
}
