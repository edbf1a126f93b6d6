import { Button, NumberInput, Select } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { bookFor, type DocumentPage, type Outgoing, type Recipient } from '#shared/documents/public.ts';
import { DaySchema, dayOf, type Day, type Instant } from '#shared/kernel/public.ts';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { Facts } from '../../ui/facts.tsx';
import { foldText } from '../../ui/fold.ts';
import { Note, Stack } from '../../ui/gate.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { formatDay } from '../../ui/moments.ts';
import { ProgressList } from '../../ui/progress-list.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useControlEnter } from '../../ui/use-control-enter.ts';
import { useWords } from '../../ui/use-words.ts';
import { IssuingPart, useSending } from '../exchange/public.ts';
import { useOwnBlock } from '../leases/public.ts';
import { useMe } from '../session/public.ts';
import { issueDays, stepsLeft, type IssueStep } from './issue-steps.ts';
import { KeyDialog } from './key-dialog.tsx';
import { SealPin } from './seal-pin.tsx';
import { KeyChoice, PinWarning, useKey } from './signing-moment.tsx';
import { useIssuing } from './use-issuing.ts';
import '../../ui/dialogs.css';

type IssuingDialogProps = Readonly<{
  act: IssueStep | 'issueWhole';
  page: DocumentPage;
  document: Outgoing;
  onClose: () => void;
}>;

/** The clerk's three acts in one go, or one of them alone: number, seal, issue. */
export function IssuingDialog(props: IssuingDialogProps) {
  const words = useWords();
  const { key, keys, ready, choose } = useKey('seal');
  const needsKey = stepsLeft(props.document.state, props.act).includes('seal');
  if (!ready) return null;
  if (needsKey && key === null) {
    return (
      <KeyDialog use="seal" onClose={props.onClose}>
        <Note>{words('outgoing.key.none.seal')}</Note>
      </KeyDialog>
    );
  }
  return (
    <DialogFrame size="36rem" onClose={props.onClose} title={words(`outgoing.act.${props.act}`)}>
      <IssuingForm
        {...props}
        first={props.document}
        sealName={key?.name ?? ''}
        sealUntil={key?.validTo ?? null}
        sealKey={key?.id ?? null}
      >
        {key !== null && (
          <>
            <KeyChoice keys={keys} chosen={key} onChoose={choose} />
            <PinWarning state={key.pin} />
          </>
        )}
      </IssuingForm>
    </DialogFrame>
  );
}

type FormProps = IssuingDialogProps &
  Readonly<{
    first: Readonly<{ recipients: readonly Recipient[]; copies: number }>;
    sealName: string;
    sealUntil: Instant | null;
    sealKey: string | null;
    /** Which seal key, and what has to be known of it. */
    children: ReactNode;
  }>;

function IssuingForm({ children, sealKey, ...props }: FormProps) {
  const { act, page, document, first, sealName, sealUntil, onClose } = props;
  const words = useWords();
  const { agency } = useMe();
  const { now, calendar } = useMoment();
  // The steps are those there were at the beginning: the paper moves on while they are taken.
  const [steps] = useState(() => stepsLeft(document.state, act));
  const days = issueDays(document.signedAt, { at: now, calendar });
  const [issuedOn, setIssuedOn] = useState(days[0] ?? dayOf(now));
  const [names, setNames] = useState(first.recipients.map(({ name }) => name).join('\n'));
  const [copies, setCopies] = useState(first.copies);
  const [pin, setPin] = useState('');
  const [asked, setAsked] = useState(false);
  const issuing = useIssuing({ document, agency, steps, onDone: onClose });
  const sending = useSending({ document, names: steps.includes('issue') ? linesOf(names) : [] });
  const recipients = recipientsOf(
    [...linesOf(names), ...sending.chosen.map(({ name }) => name)],
    first.recipients,
  );
  const noPin = steps.includes('seal') && pin === '' && !issuing.isDone('seal');
  const noRecipient = steps.includes('issue') && recipients.length === 0;
  const submit = (): void => {
    setAsked(true);
    if (noPin || noRecipient || (steps.includes('issue') && !sending.ready)) return;
    issuing.run({ issuedOn, pin, key: sealKey, recipients, copies, network: sending.order });
  };
  useControlEnter(submit);
  return (
    <form
      className="dialog"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>
        <strong>{words(`kind.${document.summary.kind}`)}</strong> {document.summary.subject}
      </p>
      {steps.includes('number') && (
        <NumberFields kind={document.summary.kind} days={days} issuedOn={issuedOn} onChange={setIssuedOn} />
      )}
      {steps.includes('issue') && (
        <>
          <TextField
            label={words('outgoing.issue.recipients')}
            hint={words('outgoing.issue.recipients.hint')}
            value={names}
            rows={3}
            required
            error={asked && noRecipient ? words('outgoing.issue.recipients.missing') : null}
            onChange={setNames}
          />
          <Stack columns={2}>
            <NumberInput
              label={words('outgoing.issue.copies')}
              min={0}
              max={9999}
              allowDecimal={false}
              value={copies}
              onChange={(value) => {
                setCopies(Math.min(9999, Math.max(0, Math.trunc(Number(value) || 0))));
              }}
            />
          </Stack>
          <Answered page={page} />
          <IssuingPart document={document} sending={sending} asked={asked} onClose={onClose} />
        </>
      )}
      {steps.includes('seal') && (
        <>
          {children}
          <SealPin name={sealName} until={sealUntil} pin={pin} missing={asked && noPin} onChange={setPin} />
        </>
      )}
      {issuing.items.length > 0 && (
        <ProgressList title={words('outgoing.issue.progress')} items={issuing.items} />
      )}
      <div className="dialog-acts" data-stays>
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button
          type="submit"
          loading={issuing.busy}
          leftSection={<IconSend size="1rem" aria-hidden />}
          rightSection={<KeyCaps keys="Ctrl+Enter" />}
        >
          {words(`outgoing.act.${act === 'issueWhole' && steps[0] === 'seal' ? 'issueWhole.numbered' : act}`)}
        </Button>
      </div>
    </form>
  );
}

/** The received paper that this one answers, if any. */
function Answered({ page }: Readonly<{ page: DocumentPage }>) {
  const words = useWords();
  const answered = page.linked.find(({ relation }) => relation === 'repliesTo');
  if (answered === undefined) return null;
  const { notation: reference, subject } = answered.document;
  return <Note>{words('outgoing.issue.answers', { reference, subject })}</Note>;
}

type NumberFieldsProps = Readonly<{
  kind: string;
  days: readonly Day[];
  issuedOn: Day;
  onChange: (day: Day) => void;
}>;

/** The register that gives the number, and the day the paper carries. */
function NumberFields({ kind, days, issuedOn, onChange }: NumberFieldsProps) {
  const words = useWords();
  const { agency } = useMe();
  const id = agency === null ? null : bookFor(agency, kind);
  const book = agency?.books.find((one) => one.id === id)?.name;
  const block = useOwnBlock(id);
  return (
    <Stack columns={2}>
      <Facts
        facts={[
          {
            label: words('outgoing.issue.book'),
            value: book,
            wide: true,
          },
          ...(block === null
            ? []
            : [
                {
                  label: words('outgoing.issue.block'),
                  value: words('leases.left', { count: block.left, next: block.next }),
                  wide: true,
                },
              ]),
        ]}
      />
      {days.length === 1 ? (
        <Facts
          facts={[
            {
              label: words('outgoing.issue.day'),
              value: words('outgoing.issue.today', { day: formatDay(issuedOn) }),
              wide: true,
            },
          ]}
        />
      ) : (
        <Select
          label={words('outgoing.issue.day')}
          allowDeselect={false}
          value={issuedOn}
          data={days.map((day, place) => ({
            value: day,
            label: words(place === 0 ? 'outgoing.issue.today' : 'outgoing.issue.signingDay', {
              day: formatDay(day),
            }),
          }))}
          onChange={(day) => {
            if (day !== null) onChange(DaySchema.parse(day));
          }}
        />
      )}
    </Stack>
  );
}

/** One recipient a line; what the draft knew about a name stays with it. */
function recipientsOf(names: readonly string[], known: readonly Recipient[]): readonly Recipient[] {
  const byLetters = new Map(names.toReversed().map((name) => [foldText(name), name]));
  return [...byLetters.values()]
    .toReversed()
    .map((name) => known.find((one) => one.name.trim() === name) ?? { name, kind: 'agency' });
}

function linesOf(names: string): readonly string[] {
  return names
    .split('\n')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
