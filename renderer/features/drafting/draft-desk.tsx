import { Button, Tabs } from '@mantine/core';
import { IconArrowLeft, IconSend } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import type { Editor } from '@tiptap/react';
import { useEffect, useRef, useState } from 'react';
import type { DocumentPage, Outgoing } from '#shared/documents/public.ts';
import { roman, type WorkingDraft } from '#shared/drafting/public.ts';
import { DocumentIdSchema } from '#shared/kernel/public.ts';
import { ask, core, newId } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { Link, useRouter } from '../../app/router.tsx';
import { useShortcut } from '../../ui/commands.tsx';
import { Note } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import { Attachments } from './attachments.tsx';
import { DraftEditor } from './draft-editor.tsx';
import { DraftFields } from './draft-fields.tsx';
import { DraftParts, type Part } from './draft-parts.tsx';
import { draftPath } from './draft-path.ts';
import { DraftPreview } from './draft-preview.tsx';
import { SubmitDialog } from './submit-dialog.tsx';
import { useKeeping, type Safety } from './use-keeping.ts';
import './draft-page.css';

type DraftDeskProps = Readonly<{
  page: DocumentPage;
  document: Outgoing;
  first: WorkingDraft;
  revision: number;
}>;

const emptyAppendix = { title: '', body: { type: 'doc', content: [{ type: 'paragraph' }] } };

const sides = ['fields', 'preview', 'attachments'] as const;
type Side = (typeof sides)[number];

/** Where a paper is written: the sheet, and beside it what the page says around the text, or the page itself. */
export function DraftDesk({ page, document, first, revision }: DraftDeskProps) {
  const words = useWords();
  const { go } = useRouter();
  const client = useQueryClient();
  const editor = useRef<Editor | null>(null);
  const [fields, setFields] = useState(first);
  const [change, setChange] = useState(0);
  const [side, setSide] = useState<Side>('fields');
  const [submitting, setSubmitting] = useState(false);
  const [part, setPart] = useState<Part>(null);
  const read = (): WorkingDraft => {
    const text = editor.current?.getJSON();
    if (text === undefined) return fields;
    if (part === null) return { ...fields, body: text };
    const appendices = (fields.appendices ?? []).map((one, at) =>
      at === part ? { ...one, body: text } : one,
    );
    return { ...fields, appendices };
  };
  /** Another part comes before the writer; what was written of this one is in the draft first. */
  const turnTo = (next: Part, appendices = read().appendices): void => {
    setFields({ ...read(), ...(appendices === undefined ? {} : { appendices }) });
    editor.current = null;
    setPart(next);
  };
  const { safety, changed, flush } = useKeeping(document.id, revision, read);
  const note = (): void => {
    changed();
    setChange((count) => count + 1);
  };
  const put = (part: Partial<WorkingDraft>): void => {
    setFields((known) => ({ ...known, ...part }));
    note();
  };
  const leave = async (): Promise<void> => {
    if (!(await flush())) return;
    await describe(document, fields).catch(() => null); // the words of the list only; the draft itself is kept
    go(pathTo('/van-ban-di/:id?', { id: document.id }));
  };
  const submit = (): void => {
    void flush().then((kept) => {
      if (kept) setSubmitting(true);
    });
  };
  useShortcut({ keys: 'Ctrl+Enter', label: words('drafting.submit'), run: submit });
  useShortcut({ keys: 'Ctrl+Alt+P', label: words('drafting.side.preview'), run: () => setSide('preview') });
  useShortcut({ keys: 'Ctrl+Alt+I', label: words('drafting.side.fields'), run: () => setSide('fields') });
  useShortcut({
    keys: 'Ctrl+Alt+T',
    label: words('drafting.body'),
    run: () => editor.current?.commands.focus(),
  });
  const panel = useRef<HTMLDivElement>(null);
  // Writing begins with what the paper is about, or goes on with its text.
  useEffect(() => {
    if (first.subject === '') panel.current?.querySelector('textarea')?.focus();
  }, [first.subject]);
  const keepBoth = async (): Promise<void> => {
    const id = await startTwin(document, read());
    toast({ text: words('drafting.keptBoth') });
    client.removeQueries({ queryKey: ['file', 'draft', document.id] });
    go(pathTo(draftPath, { id }), { replace: true });
  };
  const asked = page.linked.find(({ relation }) => relation === 'repliesTo');
  return (
    <section className="draft-desk" aria-label={words('drafting.title')}>
      <header className="draft-head">
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          leftSection={<IconArrowLeft size="1.125rem" aria-hidden />}
          onClick={() => void leave()}
        >
          {words('drafting.leave')}
        </Button>
        <h1 className="one-line" title={fields.subject}>
          <span className="draft-kind">{words(`kind.${fields.kind}`)}</span>{' '}
          {fields.subject === '' ? words('drafting.noSubject') : fields.subject}
        </h1>
        <span className="dim draft-safety" role="status">
          {words(`drafting.safety.${safety.state}`)}
        </span>
        <Button
          leftSection={<IconSend size="1rem" stroke={1.75} aria-hidden />}
          rightSection={<KeyCaps keys="Ctrl+Enter" />}
          onClick={submit}
        >
          {words('drafting.submit')}
        </Button>
      </header>
      {document.returnedBecause !== null && (
        <div className="draft-note">
          <Note tone="soon">{words('documents.returned', { reason: document.returnedBecause })}</Note>
        </div>
      )}
      <Trouble safety={safety} keepBoth={() => void keepBoth()} retry={() => void flush()} />
      <div className="draft-body">
        <SplitPanes
          name="draft"
          sized="end"
          width={{ initial: 32, min: 20, max: 60 }}
          start={
            <DraftParts
              appendices={fields.appendices ?? []}
              part={part}
              onTurn={(next) => {
                if (next !== part) turnTo(next);
              }}
              onAdd={() => {
                const known = read().appendices ?? [];
                turnTo(known.length, [...known, emptyAppendix]);
                note();
              }}
              onRemove={(gone) => {
                const left = (read().appendices ?? []).filter((_one, at) => at !== gone);
                turnTo(null, left);
                note();
              }}
              onTitle={(named, title) => {
                const known = fields.appendices ?? [];
                put({ appendices: known.map((one, at) => (at === named ? { ...one, title } : one)) });
              }}
            >
              <DraftEditor
                key={part ?? 'text'}
                label={
                  part === null
                    ? words('drafting.body')
                    : words('drafting.appendix.body', { number: roman(part + 1) })
                }
                body={part === null ? fields.body : fields.appendices?.[part]?.body}
                onReady={(ready) => {
                  editor.current = ready;
                  // A new appendix is named first.
                  const isNamed = part === null || fields.appendices?.[part]?.title !== '';
                  if (first.subject !== '' && isNamed) ready.commands.focus();
                }}
                onChange={note}
                onBlur={() => void flush()}
              />
            </DraftParts>
          }
          end={
            <Tabs
              value={side}
              keepMounted={false}
              className="draft-side"
              onChange={(chosen) => {
                setSide(sides.find((one) => one === chosen) ?? 'fields');
              }}
            >
              <Tabs.List>
                {sides.map((one) => (
                  <Tabs.Tab key={one} value={one}>
                    {words(`drafting.side.${one}`)}
                    {one === 'attachments' && document.attachments.length > 0 && (
                      <span className="tab-count figures">{document.attachments.length}</span>
                    )}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              <Tabs.Panel value="fields" className="draft-panel" ref={panel}>
                {asked !== undefined && (
                  <p className="draft-asked">
                    {words('drafting.answers')}{' '}
                    <Link to={pathTo('/van-ban-den/:id?', { id: asked.document.id })}>
                      {asked.document.notation} {asked.document.subject}
                    </Link>
                  </p>
                )}
                <DraftFields draft={fields} onChange={put} onBlur={() => void flush()} />
              </Tabs.Panel>
              <Tabs.Panel value="preview" className="draft-panel draft-panel-whole">
                <DraftPreview documentId={document.id} read={read} change={change} />
              </Tabs.Panel>
              <Tabs.Panel value="attachments" className="draft-panel">
                <Attachments document={document} />
              </Tabs.Panel>
            </Tabs>
          }
        />
      </div>
      {!submitting && <SubmitKey submit={submit} />}
      {submitting && (
        <SubmitDialog
          document={document}
          draft={fields}
          onClose={() => {
            setSubmitting(false);
          }}
          onSteps={(steps) => {
            put({ steps: [...steps] });
          }}
          onSubmitted={() => {
            client.removeQueries({ queryKey: ['file', 'draft', document.id] });
            go(pathTo('/van-ban-di/:id?', { id: document.id }), { replace: true });
          }}
        />
      )}
    </section>
  );
}

/** Ctrl+Enter submits from wherever the cursor is, ahead of what the text itself would make of it. */
function SubmitKey({ submit }: Readonly<{ submit: () => void }>) {
  useControlEnter(submit);
  return null;
}

function Trouble(props: Readonly<{ safety: Safety; keepBoth: () => void; retry: () => void }>) {
  const { safety, keepBoth, retry } = props;
  const words = useWords();
  if (safety.state !== 'overtaken' && safety.state !== 'failed') return null;
  return (
    <div className="draft-note">
      <Note tone="danger">
        <p>{sentenceOf(safety.error, words)}</p>
        {safety.state === 'overtaken' ? (
          <Button size="compact-sm" variant="default" onClick={keepBoth}>
            {words('drafting.keepBoth')}
          </Button>
        ) : (
          <Button size="compact-sm" variant="default" onClick={retry}>
            {words('drafting.keepAgain')}
          </Button>
        )}
      </Note>
    </div>
  );
}

/** The list and the inbox name a draft as its writer last did. */
async function describe({ id, summary }: Outgoing, draft: WorkingDraft): Promise<void> {
  const { subject, urgency, dueOn } = draft;
  const same = summary.subject === subject && summary.urgency === urgency && summary.dueOn === dueOn;
  if (!same) {
    await ask(core.drafting.describe, { documentId: id, summary: { ...summary, subject, urgency, dueOn } });
  }
}

/** A second draft with what this window holds, so that neither of two versions is written over. */
async function startTwin({ summary, repliesTo }: Outgoing, draft: WorkingDraft) {
  const documentId = DocumentIdSchema.parse(newId());
  const { subject, urgency, dueOn } = draft;
  await ask(core.drafting.start, {
    documentId,
    repliesTo,
    summary: { ...summary, subject, urgency, dueOn },
  });
  await core.drafting.keepWorkingCopy({ documentId, draft, revision: 0 });
  return documentId;
}
