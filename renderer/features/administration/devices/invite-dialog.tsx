import { Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { PersonIdSchema } from '#shared/kernel/public.ts';
import { core, newCommandId } from '../../../app/client.ts';
import { DialogFrame } from '../../../ui/dialog-frame.tsx';
import { DialogForm } from '../../../ui/form-dialog.tsx';
import { Note } from '../../../ui/gate.tsx';
import { sayInstant } from '../../../ui/moments.ts';
import { useMoment } from '../../../ui/moment-context.tsx';
import { PersonPicker } from '../../../ui/person-picker.tsx';
import { QrCode } from '../../../ui/qr-code.tsx';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory } from '../../directory/public.ts';
import './devices.css';

type InviteDialogProps = Readonly<{ opened: boolean; onClose: () => void }>;

/** Invites one more machine of a person; the text is shown once and kept nowhere. */
export function InviteDialog({ opened, onClose }: InviteDialogProps) {
  const words = useWords();
  return (
    <DialogFrame opened={opened} onClose={onClose} size="36rem" title={words('devices.invite')}>
      <InviteForm onClose={onClose} />
    </DialogFrame>
  );
}

function InviteForm({ onClose }: Readonly<{ onClose: () => void }>) {
  const words = useWords();
  const { now } = useMoment();
  const { people, unitName } = useDirectory();
  const [personId, setPersonId] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const inviting = useMutation({
    mutationFn: (id: string) =>
      core.sync.invite({ commandId: newCommandId(), personId: PersonIdSchema.parse(id) }),
  });
  const given = inviting.data;
  const submit = (): void => {
    setAsked(true);
    if (given !== undefined) copy(given.invitation);
    else if (personId !== null) inviting.mutate(personId);
  };
  const copy = (text: string): void => {
    void navigator.clipboard.writeText(text).then(() => {
      toast({ text: words('devices.invitation.copied') });
    });
  };
  const active = people.filter((person) => person.active);
  return (
    <DialogForm
      onClose={onClose}
      confirm={words(given === undefined ? 'devices.invite.make' : 'devices.invitation.copy')}
      cancel={words(given === undefined ? 'ui.dialog.cancel' : 'ui.dialog.close')}
      busy={inviting.isPending}
      error={inviting.isError ? sentenceOf(inviting.error, words) : null}
      onSubmit={submit}
    >
      <PersonPicker
        label={words('devices.invite.person')}
        placeholder={words('session.signIn.person.placeholder')}
        people={active.map(({ id, name, post, unit }) => ({ id, name, post, unit: unitName(unit) }))}
        value={personId}
        error={asked && personId === null ? words('devices.invite.person.missing') : null}
        onChange={(id) => {
          setPersonId(id);
          inviting.reset();
        }}
        disabled={given !== undefined}
        takesFocus
      />
      {given !== undefined && (
        <>
          <Textarea
            className="invitation-text"
            label={words('devices.invitation')}
            description={words('devices.invitation.until', { when: sayInstant(given.until, now, words) })}
            inputWrapperOrder={['label', 'input', 'description']}
            readOnly
            rows={4}
            value={given.invitation}
            onFocus={(event) => {
              event.currentTarget.select();
            }}
          />
          <div className="invitation-qr">
            <QrCode text={given.invitation} label={words('devices.invitation.qr')} />
            <p className="dim">{words('devices.invitation.qr.tell')}</p>
          </div>
          <Note>{words('devices.invitation.tell')}</Note>
        </>
      )}
    </DialogForm>
  );
}
