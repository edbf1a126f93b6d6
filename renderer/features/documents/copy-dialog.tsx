import { Radio, Select } from '@mantine/core';
import { IconCopyCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { copyForms, formsFor, mediumOf, type OfficialDocument } from '#shared/documents/public.ts';
import { PersonIdSchema, type Instant } from '#shared/kernel/public.ts';
import { accepted, core, newCommandId } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Note, Stack } from '../../ui/gate.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { TextField } from '../../ui/text-field.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { KeyChoice, KeyDialog, PinWarning, SealPin, useKey } from '../outgoing/public.ts';
import {
  firstChoice,
  firstForm,
  pagesOf,
  recipientsOf,
  whyNotEntry,
  type CopyEntry,
  type CopySource,
} from './copy-form.ts';
import { useSignatureReport } from './signatures-panel.tsx';

type CopyDialogProps = Readonly<{ document: OfficialDocument; reference: string; onClose: () => void }>;

/** Sao văn bản: which form, for whom, who decided it, then the seal's PIN. */
export function CopyDialog(props: CopyDialogProps) {
  const { document, reference, onClose } = props;
  const words = useWords();
  const { key, keys, ready, choose } = useKey('seal');
  const report = useSignatureReport(document.id, document.file?.hash ?? null);
  const verdict = report.data?.verdict;
  if (!ready || document.file === null || verdict === undefined) return null;
  if (key === null) {
    return (
      <KeyDialog use="seal" onClose={onClose}>
        <Note>{words('outgoing.key.none.seal')}</Note>
      </KeyDialog>
    );
  }
  return (
    <CopyForm
      document={document}
      reference={reference}
      source={{ medium: mediumOf(verdict), pages: document.file.pages }}
      seal={{ name: key.name, until: key.validTo, id: key.id }}
      onClose={onClose}
    >
      <KeyChoice keys={keys} chosen={key} onChoose={choose} />
      <PinWarning state={key.pin} />
    </CopyForm>
  );
}

type CopyFormProps = CopyDialogProps &
  Readonly<{
    source: CopySource;
    seal: Readonly<{ name: string; until: Instant; id: string }>;
    /** Which seal key, and what has to be known of it. */
    children: ReactNode;
  }>;

function CopyForm({ document, reference, source, seal, onClose, children }: CopyFormProps) {
  const words = useWords();
  const { pickable, people } = useDirectory();
  const deciding = pickable(['leader', 'chief']);
  const [entry, setEntry] = useState<CopyEntry>(() => ({
    ...firstChoice(source),
    pages: '1',
    recipients: '',
    purpose: '',
    // NĐ 30 Đ27: the head of the agency decides, unless somebody else has been charged with it.
    decidedBy:
      people.find(({ rank, roles, active }) => active && rank === 'head' && roles.includes('leader'))?.id ??
      null,
    pin: '',
  }));
  const [asked, setAsked] = useState(false);
  const making = useMutation({
    mutationFn: () => make(document, { entry, source, key: seal.id }),
    onSuccess: (hasNumber) => {
      toast({ text: words(hasNumber ? 'copy.made' : 'documents.copy.waits') });
      onClose();
    },
  });
  const change = (part: Partial<CopyEntry>): void => {
    setEntry({ ...entry, ...part });
  };
  const unfit = whyNotEntry(entry, source);
  const isPaper = entry.target === 'paper';
  const noRecipient = recipientsOf(entry).length === 0;
  const submit = (): void => {
    setAsked(true);
    const isWhole = unfit === null && !noRecipient && entry.decidedBy !== null;
    if (isWhole && (isPaper || entry.pin !== '')) making.mutate();
  };
  return (
    <FormDialog
      title={words('copy.title', { reference })}
      confirm={words(isPaper ? 'copy.makePaper' : 'copy.make')}
      icon={<IconCopyCheck size="1rem" aria-hidden />}
      size="36rem"
      onClose={onClose}
      busy={making.isPending}
      error={making.isError ? sentenceOf(making.error, words) : null}
      onSubmit={submit}
    >
      <Forms source={source} entry={entry} onChange={change} />
      {entry.form === 'trich-sao' && (
        <TextField
          label={words('copy.pages')}
          hint={words('copy.pages.hint', { total: source.pages })}
          value={entry.pages}
          required
          maxLength={200}
          error={asked && unfit !== null ? sentenceOf(unfit, words) : null}
          onChange={(pages) => {
            change({ pages });
          }}
        />
      )}
      <TextField
        label={words('copy.recipients')}
        hint={words('copy.recipients.hint')}
        value={entry.recipients}
        rows={2}
        required
        takesFocus
        error={asked && noRecipient ? words('copy.recipients.missing') : null}
        onChange={(recipients) => {
          change({ recipients });
        }}
      />
      <Stack columns={2}>
        <TextField
          label={words('copy.purpose')}
          value={entry.purpose}
          maxLength={300}
          onChange={(purpose) => {
            change({ purpose });
          }}
        />
        <Select
          label={words('copy.decidedBy')}
          allowDeselect={false}
          required
          value={entry.decidedBy}
          data={deciding.map(({ id, name, post }) => ({ value: id, label: `${name}, ${post}` }))}
          error={asked && entry.decidedBy === null ? words('copy.decidedBy.missing') : null}
          onChange={(decidedBy) => {
            change({ decidedBy });
          }}
        />
      </Stack>
      {!isPaper && (
        <>
          {children}
          <SealPin
            name={seal.name}
            until={seal.until}
            pin={entry.pin}
            missing={asked && entry.pin === ''}
            onChange={(pin) => {
              change({ pin });
            }}
          />
        </>
      )}
    </FormDialog>
  );
}

type FormsProps = Readonly<{
  source: CopySource;
  entry: CopyEntry;
  onChange: (part: Partial<Pick<CopyEntry, 'form' | 'target'>>) => void;
}>;

/** What the copy becomes, and the three forms; those that it cannot have stay there, and the note says why. */
function Forms({ source, entry, onChange }: FormsProps) {
  const words = useWords();
  const possible = formsFor(source.medium, entry.target, source.pages);
  return (
    <>
      <Radio.Group
        label={words('copy.target')}
        value={entry.target}
        onChange={(chosen) => {
          const target = chosen === 'paper' ? chosen : 'electronic';
          const kept = formsFor(source.medium, target, source.pages).includes(entry.form);
          onChange({ target, form: kept ? entry.form : firstForm(source, target) });
        }}
      >
        <div className="copy-forms">
          {(['electronic', 'paper'] as const).map((target) => (
            <Radio
              key={target}
              value={target}
              label={words(`copy.target.${target}`)}
              disabled={formsFor(source.medium, target, source.pages).length === 0}
            />
          ))}
        </div>
      </Radio.Group>
      <Radio.Group
        label={words('copy.form')}
        value={entry.form}
        onChange={(chosen) => {
          const form = copyForms.find((one) => one === chosen);
          if (form !== undefined) onChange({ form });
        }}
      >
        <div className="copy-forms">
          {copyForms.map((form) => (
            <Radio
              key={form}
              value={form}
              label={words(`copy.form.${form}`)}
              disabled={!possible.includes(form)}
            />
          ))}
        </div>
      </Radio.Group>
      <Note>
        <p>{words(`copy.form.${entry.form}.help`)}</p>
        <p>{words(`copy.medium.${source.medium}`)}</p>
        {entry.target === 'paper' && <p>{words('copy.paper.help')}</p>}
      </Note>
    </>
  );
}

type Making = Readonly<{ entry: CopyEntry; source: CopySource; key: string }>;

/** Whether it has its number already: false while the server has not answered. */
async function make({ id: documentId }: OfficialDocument, { entry, source, key }: Making): Promise<boolean> {
  const { form, target, purpose, decidedBy, pin } = entry;
  const pages = pagesOf(entry, source);
  const { reply } = await core.workflow.copyFile({
    commandId: newCommandId(),
    documentId,
    form,
    target,
    pages: pages === null ? null : [...pages],
    purpose,
    recipients: recipientsOf(entry),
    decidedBy: PersonIdSchema.parse(decidedBy),
    pin: target === 'paper' ? null : pin,
    key,
  });
  return accepted(reply).waits !== true;
}
