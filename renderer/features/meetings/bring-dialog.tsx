import { Radio } from '@mantine/core';
import { useState } from 'react';
import { PaperIdSchema, type MeetingId, type PaperId } from '#shared/kernel/public.ts';
import type { AgendaItem } from '#shared/meetings/public.ts';
import { accepted, core, newCommandId, newId } from '../../app/client.ts';
import { uploadWhole } from '../../app/files.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useMeetingAsk } from './use-meeting-ask.ts';

type BringDialogProps = Readonly<{
  meetingId: MeetingId;
  item: AgendaItem;
  file: File;
  /** The paper it stands in for; null for a new one. */
  instead: PaperId | null;
  onClose: () => void;
}>;

const asNew = 'new';

/** Brings a file to an item: as a paper of its own, or instead of one that is there, and why. */
export function BringDialog({ meetingId, item, file, instead, onClose }: BringDialogProps) {
  const words = useWords();
  const sameName = item.papers.find(({ name }) => name === nameOf(file))?.id ?? null;
  const [of, setOf] = useState<string>(instead ?? sameName ?? asNew);
  const [name, setName] = useState(nameOf(file));
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const act = useMeetingAsk(onClose);
  const replaced = item.papers.find(({ id }) => id === of) ?? null;
  const isMissing = replaced !== null && reason.trim() === '';
  const send = async (): Promise<void> => {
    const uploadId = await uploadWhole(file);
    const body = {
      meetingId,
      itemId: item.id,
      paper: replaced?.id ?? PaperIdSchema.parse(newId()),
      name: replaced?.name ?? name,
      document: replaced?.document ?? null,
      reason,
    };
    const { reply } = await core.meetings.bringPaper({ commandId: newCommandId(), uploadId, body });
    accepted(reply);
  };
  return (
    <FormDialog
      title={words(replaced === null ? 'meetings.bring' : 'meetings.replace')}
      confirm={words(replaced === null ? 'meetings.bring' : 'meetings.replace')}
      onClose={onClose}
      busy={act.busy}
      error={act.error}
      blocked={replaced === null && name.trim() === ''}
      onSubmit={() => {
        setAsked(true);
        if (!isMissing) act.send(send, words('meetings.brought'));
      }}
    >
      <p>{words('meetings.bring.file', { file: file.name, title: item.title })}</p>
      {item.papers.length > 0 && (
        <Radio.Group label={words('meetings.bring.as')} value={of} onChange={setOf}>
          <Radio size="xs" mt="xs" value={asNew} label={words('meetings.bring.new')} />
          {item.papers.map((paper) => (
            <Radio
              key={paper.id}
              size="xs"
              mt="xs"
              value={paper.id}
              label={words('meetings.bring.instead', { name: paper.name })}
            />
          ))}
        </Radio.Group>
      )}
      {replaced === null ? (
        <TextField
          label={words('meetings.paper.name')}
          value={name}
          onChange={setName}
          required
          takesFocus
          maxLength={300}
        />
      ) : (
        <TextField
          label={words('meetings.replace.why')}
          value={reason}
          onChange={setReason}
          rows={2}
          required
          takesFocus
          maxLength={500}
          error={asked && isMissing ? words('ui.reason.needed') : null}
        />
      )}
    </FormDialog>
  );
}

function nameOf(file: File): string {
  return file.name.replace(/\.pdf$/iu, '').slice(0, 300);
}
