import { useQuery } from '@tanstack/react-query';
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

/** The key this person signs with here; null when there is none yet. */
export function useKey(use: KeyUse): Readonly<{ ready: boolean; key: Key | null }> {
  const { data } = useQuery({ queryKey: keysKey, queryFn: () => core.signing.keys({}) });
  return { ready: data !== undefined, key: data?.keys.find((key) => key.use === use) ?? null };
}

type SigningMomentProps = Readonly<{
  use: KeyUse;
  title: string;
  documents: readonly Readonly<{ id: string; reference: string; title: string }>[];
  signingAs: string;
  busy: boolean;
  error: string | null;
  onClose: () => void;
  onSign: (pin: string) => void;
}>;

/** The signing moment; without a key on this machine, the key is brought in first. */
export function SigningMoment({ use, ...props }: SigningMomentProps) {
  const words = useWords();
  const { ready, key } = useKey(use);
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
      certificate={{ subject: key.name, issuer: key.issuer, validTo: dayOf(key.validTo) }}
    />
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
