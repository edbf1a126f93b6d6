import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { DialogFrame } from '../ui/dialog-frame.tsx';
import { Note } from '../ui/gate.tsx';
import { KeyCaps } from '../ui/key-caps.tsx';
import { sayInstant } from '../ui/moments.ts';
import { useMoment } from '../ui/moment-context.tsx';
import { sentenceOf } from '../ui/sentence-of.ts';
import { TextField } from '../ui/text-field.tsx';
import { toast } from '../ui/toasts.tsx';
import { useControlEnter } from '../ui/use-control-enter.ts';
import { useWords } from '../ui/use-words.ts';
import '../ui/dialogs.css';
import { core } from './client.ts';
import { folderChooser } from './core-port.ts';
import { safetyKey, type Safety } from './use-safety.ts';

type BackupDialogProps = Readonly<{
  opened: boolean;
  onClose: () => void;
  safety: Safety;
  isShared: boolean;
}>;

/** Where a copy of this desk goes once a day. */
export function BackupDialog({ opened, onClose, ...more }: BackupDialogProps) {
  const words = useWords();
  return (
    <DialogFrame opened={opened} onClose={onClose} title={words('app.safety.arrange.title')}>
      <BackupForm onClose={onClose} {...more} />
    </DialogFrame>
  );
}

function BackupForm({ onClose, safety, isShared }: Omit<BackupDialogProps, 'opened'>) {
  const words = useWords();
  const { now } = useMoment();
  const client = useQueryClient();
  const [place, setPlace] = useState(safety.place ?? '');
  const choose = folderChooser();
  const arranging = useMutation({
    mutationFn: (to: string | null) => core.session.arrangeBackups({ place: to }),
    onSuccess: (_done, to) => {
      toast({ text: words(to === null ? 'app.safety.arrange.ended' : 'app.safety.arrange.done') });
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: safetyKey }),
  });
  const submit = (): void => {
    if (place.trim() !== '' && !arranging.isPending) arranging.mutate(place.trim());
  };
  useControlEnter(submit);
  const { lastBackup } = safety;
  return (
    <form
      className="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>{words('app.safety.arrange.text')}</p>
      {isShared && <p>{words('app.safety.arrange.text.shared')}</p>}
      <TextField takesFocus label={words('app.safety.arrange.place')} value={place} onChange={setPlace} />
      {choose !== null && (
        <div>
          <Button
            variant="default"
            onClick={() => {
              void choose().then((path) => {
                if (path !== null) setPlace(path);
              });
            }}
          >
            {words('app.safety.arrange.choose')}
          </Button>
        </div>
      )}
      {lastBackup !== null && (
        <p className="dim">
          {words('app.safety.arrange.last', { when: sayInstant(lastBackup.at, now, words) })}
        </p>
      )}
      {arranging.isError && <Note tone="danger">{sentenceOf(arranging.error, words)}</Note>}
      <div className="dialog-acts">
        {safety.place !== null && (
          <Button
            variant="default"
            onClick={() => {
              arranging.mutate(null);
            }}
          >
            {words('app.safety.arrange.end')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button type="submit" loading={arranging.isPending} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {words('app.safety.arrange.do')}
        </Button>
      </div>
    </form>
  );
}
