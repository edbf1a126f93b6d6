import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { core } from '../../app/client.ts';
import { CodeField } from '../../ui/code-field.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Gate, Note } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { NewPassphrase } from '../../ui/new-passphrase.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { TextField } from '../../ui/text-field.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import { desksKey } from './desks-key.ts';

/** Joins an agency: the invitation is read as soon as it is pasted, and says whose desk this becomes. */
export function JoinForm({ onLeave }: Readonly<{ onLeave: () => void }>) {
  const words = useWords();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [machine, setMachine] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [asked, setAsked] = useState(false);
  const pasted = text.trim();
  const told = useQuery({
    queryKey: ['session', 'invitation', pasted],
    queryFn: () => core.sync.readInvitation({ text: pasted }),
    enabled: pasted !== '',
    retry: false,
  });
  const invitation = told.data;
  const name = machine ?? invitation?.machine ?? '';
  const joining = useMutation({
    mutationFn: async () => {
      const who = await core.sync.join({ text: pasted, machine: name.trim(), passphrase });
      return core.session.signIn({ ...who, passphrase });
    },
    onSuccess: (session) => {
      client.setQueryData(['session'], { session });
    },
    onSettled: () => client.invalidateQueries({ queryKey: desksKey }),
  });
  const differs = passphrase !== again;
  const submit = (): void => {
    setAsked(true);
    const isReady = invitation !== undefined && name.trim() !== '' && passphrase !== '' && !differs;
    if (isReady && !joining.isPending) joining.mutate();
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
          value={text}
          error={invitationFault(told.error, asked && pasted === '', words)}
          onChange={(typed) => {
            setText(typed);
            joining.reset();
          }}
        />
        {invitation !== undefined && (
          <>
            <Facts
              facts={[
                {
                  label: words('session.join.person'),
                  value: `${invitation.personName}, ${invitation.post}`,
                  wide: true,
                },
                { label: words('session.signIn.agency'), value: invitation.agencyName, wide: true },
                { label: words('session.join.server'), value: invitation.host, wide: true },
              ]}
            />
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
        {joining.isError && <Note tone="danger">{sentenceOf(joining.error, words)}</Note>}
        {joining.isPending && (
          <p className="dim gate-lead" role="status">
            {words('session.join.working')}
          </p>
        )}
        <Button
          type="submit"
          size="md"
          loading={joining.isPending}
          rightSection={<KeyCaps keys="Ctrl+Enter" />}
        >
          {words('session.join.do')}
        </Button>
        <Button variant="subtle" onClick={onLeave}>
          {words('session.join.leave')}
        </Button>
      </Gate>
    </form>
  );
}

function invitationFault(
  error: unknown,
  isMissing: boolean,
  words: ReturnType<typeof useWords>,
): string | null {
  if (isMissing) return words('session.join.invitation.missing');
  return error === null ? null : sentenceOf(error, words);
}
