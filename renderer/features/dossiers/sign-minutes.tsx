import { useMutation } from '@tanstack/react-query';
import type { HandOver } from '#shared/dossiers/public.ts';
import { dayOf } from '#shared/kernel/public.ts';
import { accepted, core, newCommandId } from '../../app/client.ts';
import { formatDay } from '../../ui/moments.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { SigningMoment } from '../outgoing/public.ts';
import { useMe } from '../session/public.ts';

type SignMinutesProps = Readonly<{ handOver: Pick<HandOver, 'id' | 'at'>; onClose: () => void }>;

/** Biên bản giao nhận: each side signs the same page with their own key. */
export function SignMinutes({ handOver: { id: handOverId, at }, onClose }: SignMinutesProps) {
  const words = useWords();
  const { person } = useMe();
  const signing = useMutation({
    mutationFn: async ({ pin, key }: Readonly<{ pin: string; key: string }>) => {
      const asked = { commandId: newCommandId(), handOverId, pin, key };
      return accepted((await core.handOvers.sign(asked)).reply);
    },
    onSuccess: () => {
      toast({ text: words('handOvers.done.sign') });
      onClose();
    },
  });
  return (
    <SigningMoment
      use="person"
      title={words('handOvers.act.sign')}
      documents={[
        {
          id: handOverId,
          reference: formatDay(dayOf(at)),
          title: words('handOvers.minutes.list.title'),
        },
      ]}
      signingAs={words('outgoing.signAs', { post: person.post, name: person.name })}
      busy={signing.isPending}
      error={signing.isError ? sentenceOf(signing.error, words) : null}
      onClose={onClose}
      onSign={(pin, key) => {
        signing.mutate({ pin, key });
      }}
    />
  );
}
