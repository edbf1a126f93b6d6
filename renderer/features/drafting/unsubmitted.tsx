import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { writersOf, type Outgoing } from '#shared/documents/public.ts';
import { core } from '../../app/client.ts';
import { exportSource } from '../../app/made-file.ts';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { Note } from '../../ui/gate.tsx';
import { PdfView } from '../../ui/pdf-view.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';

/** Tells a draft's writers that what is written is not what was submitted, and shows it; nothing else where that is so. */
export function Unsubmitted({ document }: Readonly<{ document: Outgoing }>) {
  const words = useWords();
  const { person } = useMe();
  const [isShown, setIsShown] = useState(false);
  const isUnderWay = document.versions.length > 0 && document.state !== 'issued';
  const { data } = useQuery({
    queryKey: ['unsubmitted', document.id],
    queryFn: () => core.drafting.unsubmitted({ documentId: document.id }),
    enabled: isUnderWay && writersOf(document).includes(person.id),
  });
  if (data === undefined || data === null) return null;
  return (
    <Note tone="soon">
      <p>{words(data.late ? 'drafting.unsubmitted.late' : 'drafting.unsubmitted')}</p>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          setIsShown(true);
        }}
      >
        {words('drafting.unsubmitted.show')}
      </Button>
      {isShown && (
        <DialogFrame
          size="60rem"
          title={words('drafting.unsubmitted.title')}
          onClose={() => {
            setIsShown(false);
          }}
        >
          <WrittenPage document={document} draft={data.draft} />
        </DialogFrame>
      )}
    </Note>
  );
}

function WrittenPage({ document, draft }: Readonly<{ document: Outgoing; draft: unknown }>) {
  const words = useWords();
  const { data, error } = useQuery({
    queryKey: ['file', 'unsubmitted', document.id],
    queryFn: async () => exportSource(await core.drafting.preview({ documentId: document.id, draft })),
    gcTime: 0,
  });
  if (error !== null) return <Note tone="danger">{sentenceOf(error, words)}</Note>;
  if (data === undefined) return null;
  return (
    <div className="draft-unsubmitted">
      <PdfView source={data} label={words('drafting.unsubmitted.title')} />
    </div>
  );
}
