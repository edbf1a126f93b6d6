import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Session } from '#shared/directory/public.ts';
import { core } from '../../app/client.ts';
import { desksKey } from './desks-key.ts';
import { useJourney } from './use-journey.ts';

type Order = Readonly<{ machine: string; passphrase: string }>;

/** The beginning of an agency's address, by which one joins with an account instead of an invitation. */
const addressBegins = 'antin-server1.';

/** What was pasted, what it says, and the two ways of joining by it. */
export function useJoining() {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const ordered = useRef<Order | null>(null);
  const pasted = text.trim();
  const isAddress = pasted.startsWith(addressBegins);
  const told = useQuery({
    queryKey: ['session', 'invitation', pasted],
    queryFn: () => core.sync.readInvitation({ text: pasted }),
    enabled: pasted !== '' && !isAddress,
    retry: false,
  });
  const place = useQuery({
    queryKey: ['session', 'address', pasted],
    queryFn: () => core.sync.readAddress({ text: pasted }),
    enabled: isAddress,
    retry: false,
  });
  const entering = {
    onSuccess: (session: Session) => {
      client.setQueryData(['session'], { session });
    },
    onSettled: () => client.invalidateQueries({ queryKey: desksKey }),
  };
  const joining = useMutation({
    mutationFn: async (order: Order) => {
      const who = await core.sync.join({ text: pasted, ...order });
      return core.session.signIn({ ...who, passphrase: order.passphrase });
    },
    ...entering,
  });
  const journey = useJourney({
    begin: async (order: Order) => {
      ordered.current = order;
      return core.sync.beginJoin({ text: pasted, ...order });
    },
    finish: async (flow) => {
      const who = await core.sync.finishJoin({ flow });
      return core.session.signIn({ ...who, passphrase: ordered.current?.passphrase ?? '' });
    },
    onDone: (session) => {
      entering.onSuccess(session);
      void entering.onSettled();
    },
  });
  return {
    text,
    setText: (typed: string): void => {
      setText(typed);
      joining.reset();
      journey.reset();
    },
    pasted,
    invitation: told.data,
    place: place.data,
    unread: told.error ?? place.error,
    join: joining.mutate,
    joinByIdentity: journey.go,
    away: journey.away,
    isBusy: joining.isPending,
    error: joining.error ?? journey.error,
    reset: (): void => {
      joining.reset();
      journey.reset();
    },
  };
}
