import { Button } from '@mantine/core';
import { useState } from 'react';
import { CodeField } from '../../ui/code-field.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Gate, Note } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { NewPassphrase } from '../../ui/new-passphrase.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { TextField } from '../../ui/text-field.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import { AwayNote } from './away-note.tsx';
import { useJoining } from './use-joining.ts';

/** Joins an agency: the invitation is read as soon as it is pasted, and says whose desk this becomes. */
export function JoinForm({ onLeave }: Readonly<{ onLeave: () => void }>) {
  const words = useWords();
  const joining = useJoining();
  const [machine, setMachine] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [asked, setAsked] = useState(false);
  const { pasted, invitation, place } = joining;
  const account = place?.identity ?? null;
  const name = machine ?? invitation?.machine ?? place?.machine ?? '';
  const isRead = invitation !== undefined || account !== null;
  const submit = (): void => {
    setAsked(true);
    const isReady = isRead && name.trim() !== '' && passphrase !== '' && passphrase === again;
    if (!isReady || joining.isBusy) return;
    const order = { machine: name.trim(), passphrase };
    if (invitation === undefined) joining.joinByIdentity(order);
    else joining.join(order);
  };
  useControlEnter(submit);
  return (
    <form
      className="frame-main"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Gate name={words('app.name')} title={words('session.join.title')} lead={words('session.join.lead')}>
        <CodeField
          label={words('session.join.invitation')}
          placeholder={words('session.join.invitation.begins')}
          value={joining.text}
          error={invitationFault(joining.unread, asked && pasted === '', words)}
          onChange={joining.setText}
        />
        {place !== undefined && account === null && <Note>{words('session.identity.needsInvitation')}</Note>}
        {isRead && (
          <>
            <Facts facts={factsOf(joining, words)} />
            <TextField
              label={words('session.join.machine')}
              value={name}
              onChange={setMachine}
              maxLength={100}
              required
            />
            <NewPassphrase
              value={passphrase}
              again={again}
              asked={asked}
              error={asked && passphrase === '' ? words('session.join.passphrase.missing') : null}
              onChange={(typed) => {
                setPassphrase(typed);
                joining.reset();
              }}
              onAgain={setAgain}
            />
          </>
        )}
        <Course joining={joining} />
        <Button type="submit" size="md" loading={joining.isBusy} rightSection={<KeyCaps keys="Ctrl+Enter" />}>
          {account === null ? words('session.join.do') : words('session.identity.join', { name: account })}
        </Button>
        <Button variant="subtle" onClick={onLeave}>
          {words('session.join.leave')}
        </Button>
      </Gate>
    </form>
  );
}

/** What is going on, and what went wrong. */
function Course({ joining }: Readonly<{ joining: ReturnType<typeof useJoining> }>) {
  const words = useWords();
  return (
    <>
      {joining.error !== null && <Note tone="danger">{sentenceOf(joining.error, words)}</Note>}
      {joining.away !== null && <AwayNote url={joining.away} />}
      {joining.isBusy && (
        <p className="dim gate-lead" role="status">
          {words('session.join.working')}
        </p>
      )}
    </>
  );
}

/** Whose desk this becomes, and whose server it will share. */
function factsOf({ invitation, place }: ReturnType<typeof useJoining>, words: ReturnType<typeof useWords>) {
  const told = invitation ?? place;
  if (told === undefined) return [];
  const person =
    invitation === undefined
      ? []
      : [
          {
            label: words('session.join.person'),
            value: `${invitation.personName}, ${invitation.post}`,
            wide: true,
          },
        ];
  return [
    ...person,
    { label: words('session.signIn.agency'), value: told.agencyName, wide: true },
    { label: words('session.join.server'), value: told.host, wide: true },
  ];
}

function invitationFault(
  error: unknown,
  isMissing: boolean,
  words: ReturnType<typeof useWords>,
): string | null {
  if (isMissing) return words('session.join.invitation.missing');
  return error === null ? null : sentenceOf(error, words);
}
