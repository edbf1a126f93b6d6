import { Button, Tabs } from '@mantine/core';
import { IconArrowLeft, IconSend } from '@tabler/icons-react';
import type { Editor } from '@tiptap/react';
import { useEffect, useRef, useState, type ComponentProps } from 'react';
import type { DocumentPage, Outgoing } from '#shared/documents/public.ts';
import {
  addAppendix,
  appendicesOf,
  appendixText,
  roman,
  textOf,
  writeFields,
  type WorkingDraft,
} from '#shared/drafting/public.ts';
import { ask, core } from '../../app/client.ts';
import { pathTo } from '../../app/paths.ts';
import { Link, useRouter } from '../../app/router.tsx';
import { useShortcut } from '../../ui/commands.tsx';
import { focusInReach } from '../../ui/first-focus.ts';
import { Note } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import { useMe } from '../session/public.ts';
import { Attachments } from './attachments.tsx';
import { CoWriters } from './co-writers.tsx';
import { DraftEditor } from './draft-editor.tsx';
import { DraftFields } from './draft-fields.tsx';
import { DraftParts, type Part } from './draft-parts.tsx';
import { DraftPreview } from './draft-preview.tsx';
import { SubmitDialog } from './submit-dialog.tsx';
import { draftIn, useChanges } from './use-writing-line.ts';
import type { LineState, Safety, WritingLine } from './writing-line.ts';
import './draft-page.css';

type DraftDeskProps = Readonly<{
  page: DocumentPage;
  document: Outgoing;
  line: WritingLine;
  state: LineState;
}>;

const emptyText = { type: 'doc', content: [{ type: 'paragraph' }] };

const sides = ['fields', 'preview', 'attachments'] as const;
type Side = (typeof sides)[number];

/** Where a paper is written: the sheet, and beside it what the page says around the text, or the page itself. */
export function DraftDesk({ page, document, line, state }: DraftDeskProps) {
  const words = useWords();
  const { go } = useRouter();
  const { person: me } = useMe();
  const isMine = document.drafter === me.id;
  const editor = useRef<Editor | null>(null);
  const [side, setSide] = useState<Side>('fields');
  const [submitting, setSubmitting] = useState(false);
  const [isNaming, setIsNaming] = useState(false);
  const [chosenPart, setPart] = useState<Part>(null);
  // Somebody else may have taken the appendix away.
  const part = chosenPart !== null && chosenPart < state.titles.length ? chosenPart : null;
  const { doc } = line;
  // Its fields alone: the text is in the editor, and read whole only where the page is set from it.
  const fields = state.fields as unknown as Omit<WorkingDraft, 'body' | 'appendices'>; // checked whole when it was opened
  const [wasUnnamed] = useState(fields.subject === '');
  const { flush } = line;
  const { safety } = state;
  const put = (part: Partial<WorkingDraft>): void => {
    writeFields(doc, part);
  };
  const leave = async (): Promise<void> => {
    if (!(await flush())) return;
    await describe(document, fields).catch(() => null); // the words of the list only; the draft itself is kept
    go(pathTo('/van-ban-di/:id?', { id: document.id }));
  };
  const submit = (): void => {
    if (!isMine) return;
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
    if (wasUnnamed) focusInReach(panel.current?.querySelector('textarea'));
  }, [wasUnnamed]);
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
        <CoWriters
          document={document}
          isMine={isMine}
          others={state.others}
          isOpen={isNaming}
          onOpen={setIsNaming}
        />
        {isMine && (
          <Button
            leftSection={<IconSend size="1rem" stroke={1.75} aria-hidden />}
            rightSection={<KeyCaps keys="Ctrl+Enter" />}
            onClick={submit}
          >
            {words('drafting.submit')}
          </Button>
        )}
      </header>
      {document.returnedBecause !== null && (
        <div className="draft-note">
          <Note tone="soon">{words('documents.returned', { reason: document.returnedBecause })}</Note>
        </div>
      )}
      <Trouble safety={safety} retry={() => void flush()} />
      <div className="draft-body">
        <SplitPanes
          name="draft"
          sized="end"
          width={{ initial: 32, min: 20, max: 60 }}
          start={
            <DraftParts
              titles={state.titles}
              part={part}
              onTurn={setPart}
              onAdd={() => {
                addAppendix(doc, '', emptyText);
                setPart(state.titles.length);
              }}
              onRemove={(gone) => {
                appendicesOf(doc).delete(gone);
                setPart(null);
              }}
              onTitle={(named, title) => {
                appendicesOf(doc).get(named).set('title', title);
              }}
            >
              <DraftEditor
                key={part ?? 'text'}
                label={
                  part === null
                    ? words('drafting.body')
                    : words('drafting.appendix.body', { number: roman(part + 1) })
                }
                text={part === null ? textOf(doc) : appendixText(appendicesOf(doc).get(part))}
                awareness={line.awareness}
                onReady={(ready) => {
                  editor.current = ready;
                  // A new appendix is named first.
                  const isNamed = part === null || state.titles[part] !== '';
                  if (!wasUnnamed && isNamed) ready.commands.focus();
                }}
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
                <DraftPreview documentId={document.id} line={line} />
              </Tabs.Panel>
              <Tabs.Panel value="attachments" className="draft-panel">
                <Attachments document={document} />
              </Tabs.Panel>
            </Tabs>
          }
        />
      </div>
      {!submitting && !isNaming && <SubmitKey submit={submit} />}
      {submitting && (
        <SubmitNow
          document={document}
          line={line}
          onClose={() => {
            setSubmitting(false);
          }}
          onSteps={(steps) => {
            put({ steps: [...steps] });
            return flush();
          }}
          onSubmitted={() => {
            go(pathTo('/van-ban-di/:id?', { id: document.id }), { replace: true });
          }}
        />
      )}
    </section>
  );
}

/** What is submitted is the draft as it stands, whoever still writes on it. */
function SubmitNow({
  line,
  ...dialog
}: Omit<ComponentProps<typeof SubmitDialog>, 'draft'> & Readonly<{ line: WritingLine }>) {
  useChanges(line);
  const draft = draftIn(line);
  return draft === null ? null : <SubmitDialog {...dialog} draft={draft} />;
}

/** Ctrl+Enter submits from wherever the cursor is, ahead of what the text itself would make of it. */
function SubmitKey({ submit }: Readonly<{ submit: () => void }>) {
  useControlEnter(submit);
  return null;
}

function Trouble({ safety, retry }: Readonly<{ safety: Safety; retry: () => void }>) {
  const words = useWords();
  if (safety.state !== 'failed') return null;
  return (
    <div className="draft-note">
      <Note tone="danger">
        <p>{sentenceOf(safety.error, words)}</p>
        <Button size="compact-sm" variant="default" onClick={retry}>
          {words('drafting.keepAgain')}
        </Button>
      </Note>
    </div>
  );
}

/** The list and the inbox name a draft as its writer last did. */
async function describe(
  { id, summary }: Outgoing,
  draft: Pick<WorkingDraft, 'subject' | 'urgency' | 'dueOn'>,
): Promise<void> {
  const { subject, urgency, dueOn } = draft;
  const same = summary.subject === subject && summary.urgency === urgency && summary.dueOn === dueOn;
  if (!same) {
    await ask(core.drafting.describe, { documentId: id, summary: { ...summary, subject, urgency, dueOn } });
  }
}
