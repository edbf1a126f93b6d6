import { IconMail } from '@tabler/icons-react';
import { whyNotCall } from '#shared/directory/public.ts';
import type { DocumentPage } from '#shared/documents/public.ts';
import { core } from '../../app/client.ts';
import { saveExport } from '../../app/made-file.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import type { OfferedActions } from './outgoing-actions.tsx';

/** An issued document as a letter to save: offered to the clerk, who sends it with a mail programme. */
export function useMailing({ document }: DocumentPage): OfferedActions {
  const words = useWords();
  const { person } = useMe();
  const isOffered = document.state === 'issued' && whyNotCall('documents.makeMail', person) === null;
  if (!isOffered) return { actions: [], dialogs: null };
  const make = async (): Promise<void> => {
    const { made, addressed, unaddressed } = await core.documents.makeMail({ documentId: document.id });
    await saveExport(made, 'message/rfc822');
    const names = unaddressed.join('; ');
    toast(
      unaddressed.length === 0
        ? { text: words('documents.mail.saved', { count: addressed.length }) }
        : { text: words('documents.mail.unaddressed', { names }) },
    );
  };
  return {
    actions: [
      {
        id: 'mail',
        label: words('documents.act.mail'),
        icon: IconMail,
        run: () => {
          make().catch((error: unknown) => {
            toast({ text: sentenceOf(error, words), tone: 'danger' });
          });
        },
      },
    ],
    dialogs: null,
  };
}
