import { useMutation } from '@tanstack/react-query';
import type { MeetingId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { saveExport } from '../../app/made-file.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';

const types = { pdf: 'application/pdf', zip: 'application/zip' } as const;
export type PackForm = keyof typeof types;

/** Makes the papers of a meeting one file, or a folder of them, and hands it to the system to keep. */
export function usePack(meetingId: MeetingId) {
  const words = useWords();
  const making = useMutation({
    mutationFn: async (form: PackForm) => {
      for await (const step of await core.meetings.pack({ meetingId, form })) {
        if (step.is === 'made') await saveExport(step.made, types[form]);
      }
    },
    onError: (error) => {
      toast({ text: sentenceOf(error, words), tone: 'danger' });
    },
  });
  return {
    busy: making.isPending,
    make: (form: PackForm): void => {
      if (!making.isPending) making.mutate(form);
    },
  };
}
