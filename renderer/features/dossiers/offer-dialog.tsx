import { Checkbox } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { handOverDue, mostFiles, type Dossier, type DossierRow } from '#shared/dossiers/public.ts';
import { core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { useRouter } from '../../app/router.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Note } from '../../ui/gate.tsx';
import { Deadline } from '../../ui/marks.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { dossiersPath } from './dossier-paths.ts';
import { FindingsList } from './findings-list.tsx';
import { TryingProgress, useOffering } from './use-offering.tsx';

type OfferDialogProps = Readonly<{
  /** The file it was opened from, chosen already. */
  first: Dossier | null;
  onClose: () => void;
}>;

type Offered = Pick<DossierRow, 'id' | 'code' | 'title' | 'handOverBy'>;

const shownWithoutSearch = 10;

/** Nộp lưu: which closed files go, what stands against each, and a package of each tried before the archive gets them. */
export function OfferDialog({ first, onClose }: OfferDialogProps) {
  const words = useWords();
  const { person, has } = useMe();
  const [chosen, setChosen] = useState<readonly Offered[]>(() => {
    return first === null ? [] : [{ ...first, handOverBy: handOverDue(first) }];
  });
  const [text, setText] = useState('');
  // A clerk or the head of a unit hands over other people's files as well.
  const mine = !has('clerk') && !has('unit-head');
  const { data } = useQuery({
    queryKey: ['dossiers', 'list', 'closed', person.id, text],
    queryFn: () =>
      core.dossiers.list({
        offset: 0,
        limit: mostFiles,
        state: 'closed',
        mine,
        year: null,
        text: text.trim(),
      }),
    placeholderData: keepPreviousData,
  });
  const ids = chosen.map(({ id }) => id);
  const looked = useQuery({
    queryKey: ['handOvers', 'findings', ids],
    queryFn: () => core.handOvers.findings({ dossiers: ids }),
    placeholderData: keepPreviousData,
  });
  const found = (looked.data?.files ?? []).filter(({ dossier }) => ids.includes(dossier));
  const isStopped = found.some(({ findings }) => findings.some(({ stops }) => stops));
  const { offer, trying, busy, error } = useOffering(onClose);
  const answers = data?.rows ?? [];
  // What is chosen stays in sight, whatever is looked for.
  const rows: readonly Offered[] = [
    ...chosen.filter(({ id }) => !answers.some((row) => row.id === id)),
    ...answers,
  ];
  return (
    <FormDialog
      title={words('handOvers.act.offer')}
      confirm={words('handOvers.act.checkAndOffer')}
      size="lg"
      onClose={onClose}
      busy={busy}
      error={error}
      blocked={chosen.length === 0 || isStopped || found.length < chosen.length}
      onSubmit={() => {
        offer(chosen);
      }}
    >
      <p>{words('handOvers.ask.offer')}</p>
      {(text !== '' || (data?.total ?? 0) > shownWithoutSearch) && (
        <TextField label={words('dossiers.search')} value={text} onChange={setText} />
      )}
      {data !== undefined && text === '' && rows.length === 0 && <Note>{words('handOvers.offer.none')}</Note>}
      <ul className="offer-files" data-scrolls>
        {rows.map((row) => (
          <li key={row.id}>
            <FileChoice
              row={row}
              chosen={ids.includes(row.id)}
              disabled={busy}
              onChange={(isChosen) => {
                setChosen(isChosen ? [...chosen, row] : chosen.filter(({ id }) => id !== row.id));
              }}
            />
            <FileFindings
              findings={found.find(({ dossier }) => dossier === row.id)?.findings ?? []}
              row={row}
              onClose={onClose}
            />
          </li>
        ))}
      </ul>
      {trying !== null && <TryingProgress trying={trying} />}
    </FormDialog>
  );
}

type FileChoiceProps = Readonly<{
  row: Offered;
  chosen: boolean;
  disabled: boolean;
  onChange: (chosen: boolean) => void;
}>;

function FileChoice({ row, chosen, disabled, onChange }: FileChoiceProps) {
  return (
    <div className="offer-file">
      <Checkbox
        size="xs"
        label={`${row.code} · ${row.title}`}
        checked={chosen}
        disabled={disabled}
        onChange={(event) => {
          onChange(event.currentTarget.checked);
        }}
      />
      {row.handOverBy !== null && <Deadline due={row.handOverBy} short />}
    </div>
  );
}

type FileFindingsProps = Readonly<{
  row: Offered;
  findings: Awaited<ReturnType<typeof core.handOvers.findings>>['files'][number]['findings'];
  onClose: () => void;
}>;

function FileFindings({ row, findings, onClose }: FileFindingsProps) {
  const words = useWords();
  const { go } = useRouter();
  if (findings.length === 0) return null;
  const see = (): void => {
    onClose();
    go(pathTo(dossiersPath, { id: row.id }));
  };
  return (
    <FindingsList
      findings={findings}
      title={words('handOvers.findings', { code: row.code })}
      onTakeOut={see}
      onDescribe={see}
      onReopen={see}
      onRetention={see}
    />
  );
}
