import { Button } from '@mantine/core';
import { IconEye, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { Note } from '../../../ui/gate.tsx';
import { KeyCaps } from '../../../ui/key-caps.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useControlEnter } from '../../../ui/use-control-enter.ts';
import { useWords } from '../../../ui/use-words.ts';
import { ShareSheet } from './share-sheet.tsx';
import type { CeremonyState } from './use-ceremony.ts';

type CeremonyShareProps = Readonly<{
  ceremony: CeremonyState;
  stage: Extract<CeremonyState['stage'], { at: 'share' }>;
  onLeave: () => void;
}>;

/** One keeper before the screen: their share is shown, copied or printed, and one group of it read back. */
export function CeremonyShare({ ceremony, stage, onLeave }: CeremonyShareProps) {
  const words = useWords();
  const { show, confirm, busy, error, forgive } = ceremony;
  const { keeper, keepers, shown } = stage;
  const [group, setGroup] = useState('');
  const [asked, setAsked] = useState(false);
  const name = keepers.names[keeper] ?? '';
  const submit = (): void => {
    setAsked(true);
    if (busy) return;
    if (shown === null) show(keeper);
    else if (group.trim() !== '') confirm({ keeper, group: group.trim() });
  };
  useControlEnter(submit);
  return (
    <form
      className="dialog"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3 className="ceremony-whose">
        {words('certificates.ceremony.share.whose', {
          number: keeper + 1,
          count: keepers.names.length,
          name,
        })}
      </h3>
      <p>
        {words(shown === null ? 'certificates.ceremony.share.hidden' : 'certificates.ceremony.share.shown')}
      </p>
      {shown !== null && (
        <>
          <ShareSheet share={shown} number={keeper + 1} keepers={keepers} />
          <div>
            <Button
              variant="default"
              size="compact-md"
              leftSection={<IconPrinter size="1rem" stroke={1.75} aria-hidden />}
              onClick={() => {
                globalThis.print();
              }}
            >
              {words('certificates.ceremony.print')}
            </Button>
          </div>
          <TextField
            label={words('certificates.ceremony.read', { group: shown.asked })}
            value={group}
            onChange={(text) => {
              setGroup(text);
              forgive();
            }}
            maxLength={20}
            required
            error={asked && group.trim() === '' ? words('certificates.ceremony.read.missing') : error}
          />
        </>
      )}
      {shown === null && error !== null && <Note tone="danger">{error}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onLeave}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button
          type="submit"
          loading={busy}
          leftSection={shown === null ? <IconEye size="1rem" stroke={1.75} aria-hidden /> : null}
          rightSection={<KeyCaps keys="Ctrl+Enter" />}
        >
          {words(shown === null ? 'certificates.ceremony.show' : 'certificates.ceremony.next')}
        </Button>
      </div>
    </form>
  );
}
