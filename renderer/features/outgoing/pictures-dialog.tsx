import { Button, FileInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { core } from '../../app/client.ts';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { Note, Stack } from '../../ui/gate.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import type { KeyUse } from './signing-moment.tsx';
import '../../ui/dialogs.css';
import './pictures.css';

/** What the signatures of the person at the desk look like on a page; for the clerk, the seal too. */
export function PicturesDialog({ opened, onClose }: Readonly<{ opened: boolean; onClose: () => void }>) {
  const words = useWords();
  const { person } = useMe();
  const uses: readonly KeyUse[] = person.roles.includes('clerk') ? ['person', 'seal'] : ['person'];
  return (
    <DialogFrame opened={opened} onClose={onClose} title={words('outgoing.pictures')}>
      <div className="dialog">
        <Stack>
          {uses.map((use) => (
            <Picture key={use} use={use} />
          ))}
        </Stack>
        <div className="dialog-acts">
          <Button variant="default" onClick={onClose}>
            {words('ui.dialog.close')}
          </Button>
        </div>
      </div>
    </DialogFrame>
  );
}

/** One picture: as it is kept, and a file to put in its place. */
function Picture({ use }: Readonly<{ use: KeyUse }>) {
  const words = useWords();
  const client = useQueryClient();
  const key = ['signing', 'picture', use];
  const { data } = useQuery({ queryKey: key, queryFn: () => core.signing.picture({ use }) });
  const keeping = useMutation({
    mutationFn: (file: File) => core.signing.keepPicture({ file, use }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: key });
      toast({ text: words('outgoing.pictures.kept') });
    },
  });
  const png = data?.png ?? null;
  return (
    <section className="picture" aria-label={words(`outgoing.pictures.${use}`)}>
      {png === null ? (
        <p className="dim">{words(`outgoing.pictures.${use}.none`)}</p>
      ) : (
        <div className="picture-ground">
          <img src={`data:image/png;base64,${png}`} alt={words(`outgoing.pictures.${use}`)} />
        </div>
      )}
      <FileInput
        label={words(`outgoing.pictures.${use}`)}
        description={words(`outgoing.pictures.${use}.hint`)}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        placeholder={words('outgoing.pictures.choose')}
        accept=".png,image/png"
        value={null}
        disabled={keeping.isPending}
        onChange={(file) => {
          if (file !== null) keeping.mutate(file);
        }}
      />
      {keeping.isError && <Note tone="danger">{sentenceOf(keeping.error, words)}</Note>}
    </section>
  );
}
