import { IconArrowBackUp, IconBook, IconPrinter, IconSend, IconX } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { ReadingRow } from '#shared/reading/public.ts';
import { ask, core } from '../../app/client.ts';
import { exportSource, saveExport } from '../../app/made-file.ts';
import { fixedRoot } from '../../app/follow-changes.ts';
import { ActButton } from '../../ui/act-button.tsx';
import { ActionBar, type Action } from '../../ui/action-bar.tsx';
import { Facts } from '../../ui/facts.tsx';
import { ListFailed } from '../../ui/list-states.tsx';
import { formatDay } from '../../ui/moments.ts';
import { PdfView } from '../../ui/pdf-view.tsx';
import { PlaceHead } from '../../ui/place-head.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { LendDialog } from './lend-dialog.tsx';
import { stateOf } from './reading-state.ts';
import './reading.css';

type Props = Readonly<{ reading: ReadingRow; mayLend: boolean }>;

/** One request: what is asked, what became of it, and its pages for whoever it was lent to. */
export function ReadingView({ reading, mayLend }: Props) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { person } = useMe();
  const [doing, setDoing] = useState<'lend' | 'decline' | null>(null);
  const [isOpen, setOpen] = useState(false);
  const close = (): void => {
    setDoing(null);
  };
  const { id: readingId, state, reader } = reading;
  const ending = useMutation({ mutationFn: () => ask(core.reading.end, { readingId }) });
  const declining = useMutation({
    mutationFn: (said: string) => ask(core.reading.decline, { readingId, words: said }),
    onSuccess: close,
  });
  const printing = useMutation({
    mutationFn: async () => {
      await saveExport(await core.reading.print({ readingId }), 'application/pdf');
    },
    onSuccess: () => {
      toast({ text: words('reading.printed') });
    },
    onError: (error) => {
      toast({ text: sentenceOf(error, words), tone: 'danger' });
    },
  });
  const isReader = reader === person.id;
  if (isOpen && reading.readable) {
    return (
      <Pages
        reading={reading}
        onBack={() => {
          setOpen(false);
        }}
      />
    );
  }
  const actions: Action[] = [];
  const mayRead = isReader && reading.readable;
  if (mayRead) {
    actions.push({
      id: 'reading.read',
      label: words('reading.read'),
      icon: IconBook,
      run: () => {
        setOpen(true);
      },
    });
  }
  if (mayRead && reading.mayPrint === true) {
    actions.push({
      id: 'reading.print',
      label: words('reading.print'),
      icon: IconPrinter,
      busy: printing.isPending,
      run: () => {
        printing.mutate();
      },
    });
  }
  if (mayLend && !isReader && state === 'asked') {
    actions.push(
      {
        id: 'reading.lend',
        label: words('reading.lend'),
        icon: IconSend,
        run: () => {
          setDoing('lend');
        },
      },
      {
        id: 'reading.decline',
        label: words('reading.decline'),
        icon: IconX,
        danger: true,
        run: () => {
          setDoing('decline');
        },
      },
    );
  }
  if (reading.readable) {
    actions.push({
      id: 'reading.end',
      label: words('reading.end'),
      icon: IconArrowBackUp,
      busy: ending.isPending,
      run: () => {
        ending.mutate();
      },
    });
  }
  return (
    <div className="place reading-view">
      <PlaceHead title={reading.title === '' ? reading.wanted : reading.title} />
      <div className="place-list reading-facts">
        <Facts
          facts={[
            { label: words('reading.wanted'), value: reading.wanted, wide: true },
            { label: words('reading.purpose'), value: reading.purpose, wide: true },
            { label: words('reading.column.reader'), value: nameOf(reader) },
            { label: words('sought.field.state'), value: stateOf(reading, words) },
            {
              label: words('reading.column.allowed'),
              value: reading.decidedBy === null ? null : nameOf(reading.decidedBy),
            },
            {
              label: words('reading.until'),
              value: reading.until === null ? null : formatDay(reading.until),
            },
            { label: words('reading.words'), value: reading.words, wide: true },
          ]}
        />
      </div>
      <ActionBar label={words('place.reading')} actions={actions} />
      {doing === 'lend' && <LendDialog readingId={readingId} wanted={reading.wanted} onClose={close} />}
      <ReasonDialog
        opened={doing === 'decline'}
        onClose={close}
        title={words('reading.decline')}
        label={words('reading.words')}
        confirm={words('reading.decline')}
        danger
        required
        busy={declining.isPending}
        error={declining.error === null ? null : sentenceOf(declining.error, words)}
        onConfirm={(said) => {
          declining.mutate(said);
        }}
      />
    </div>
  );
}

/** The marked pages on the screen; there is no file to keep. */
function Pages({ reading, onBack }: Readonly<{ reading: ReadingRow; onBack: () => void }>) {
  const words = useWords();
  const made = useQuery({
    // The pages of one reading never change.
    queryKey: [fixedRoot, 'reading', reading.id],
    queryFn: () => core.reading.open({ readingId: reading.id }),
    gcTime: 0,
    retry: false,
  });
  const source = useMemo(() => (made.data === undefined ? null : exportSource(made.data)), [made.data]);
  if (made.isError) return <ListFailed error={made.error} retry={() => void made.refetch()} />;
  return (
    <div className="place">
      <PlaceHead title={reading.title}>
        <span className="dim">{stateOf(reading, words)}</span>
        <ActButton label={words('reading.back')} icon={IconArrowBackUp} second run={onBack} />
      </PlaceHead>
      {source !== null && <PdfView source={source} label={reading.title} />}
    </div>
  );
}
