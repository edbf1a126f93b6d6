import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CircuitStep } from '#shared/documents/public.ts';
import { dayOf } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { Note } from '../../ui/gate.tsx';
import { PinDialog } from '../../ui/pin-dialog.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { KeyDialog } from './key-dialog.tsx';

type Key = Awaited<ReturnType<typeof core.signing.keys>>['keys'][number];
export type KeyUse = Key['use'];

const keysKey = ['signing', 'keys'] as const;

/** The keys this person can sign with here, and the one that is chosen; null when there is none yet. */
export function useKey(use: KeyUse) {
  const { data } = useQuery({ queryKey: keysKey, queryFn: () => core.signing.keys({}) });
  // Looked for anew whenever somebody is about to sign: a token may have been plugged in or pulled out.
  const tokens = useQuery({
    queryKey: [...keysKey, 'tokens'],
    queryFn: () => core.signing.tokenKeys({}),
    staleTime: 0,
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const keys = [...(data?.keys ?? []), ...(tokens.data?.keys ?? [])].filter((key) => key.use === use);
  const key = keys.find(({ id }) => id === chosen) ?? keys[0] ?? null;
  // Only who has no file here waits for what the readers say.
  const ready = data !== undefined && (keys.length > 0 || !tokens.isPending);
  return { ready, keys, key, choose: setChosen };
}

/** Which of several keys signs: the file of the office, or a token that is plugged in. */
export function KeyChoice({ keys, chosen, onChoose }: KeyChoiceProps) {
  const words = useWords();
  if (keys.length < 2) return null;
  return (
    <Select
      label={words('outgoing.key.choose')}
      allowDeselect={false}
      value={chosen.id}
      data={keys.map(({ id, place, name }) => ({
        value: id,
        label: words(`outgoing.key.place.${place}`, { name }),
      }))}
      onChange={(id) => {
        if (id !== null) onChoose(id);
      }}
    />
  );
}
type KeyChoiceProps = Readonly<{ keys: readonly Key[]; chosen: Key; onChoose: (id: string) => void }>;

/** What a person has to know before the PIN of a token that is about to lock. */
export function PinWarning({ state }: Readonly<{ state: Key['pin'] }>) {
  const words = useWords();
  if (state === 'fine' || state === 'none') return null;
  return <Note tone="danger">{words(`outgoing.key.pin.${state}`)}</Note>;
}

type SigningMomentProps = Readonly<{
  use: KeyUse;
  title: string;
  documents: readonly Readonly<{ id: string; reference: string; title: string }>[];
  signingAs: string;
  busy: boolean;
  error: string | null;
  onClose: () => void;
  onSign: (pin: string, key: string) => void;
}>;

/** The signing moment; without a key on this machine, the key is brought in first. */
export function SigningMoment({ use, onSign, ...props }: SigningMomentProps) {
  const words = useWords();
  const { ready, keys, key, choose } = useKey(use);
  if (!ready) return null;
  if (key === null) {
    return (
      <KeyDialog use={use} onClose={props.onClose}>
        <Note>{words(`outgoing.key.none.${use}`)}</Note>
      </KeyDialog>
    );
  }
  return (
    <PinDialog
      opened
      {...props}
      asksItself={key.pin === 'none'}
      certificate={{ subject: key.name, issuer: key.issuer, validTo: dayOf(key.validTo) }}
      onSign={(pin) => {
        onSign(pin, key.id);
      }}
    >
      <KeyChoice keys={keys} chosen={key} onChoose={choose} />
      <PinWarning state={key.pin} />
    </PinDialog>
  );
}

/** In which right somebody signs: "KT. GIÁM ĐỐC – Phó Giám đốc Lê Văn B". */
export function useSigningAs(): (step: CircuitStep) => string {
  const words = useWords();
  const { own, delegations, personOf } = useDirectory();
  const { person } = useMe();
  return (step) => {
    const self = words('outgoing.signAs', { post: person.post, name: person.name });
    if (step.kind === 'initials') return words('outgoing.signAs.initials', { self });
    if (step.authority === null) return self;
    const delegation = delegations.find(({ id }) => id === step.delegation);
    const head = delegation === undefined ? null : personOf(delegation.from);
    const of = head?.post ?? own?.collective ?? '';
    return words('outgoing.signAs.right', { authority: step.authority, of, self });
  };
}
