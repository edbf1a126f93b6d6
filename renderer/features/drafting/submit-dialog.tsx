import { ActionIcon, Button, Checkbox, Select } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { waysOf, type SigningWay } from '#shared/directory/public.ts';
import { stepKinds, type Outgoing, type Step } from '#shared/documents/public.ts';
import { whyNotAppendices, whyNotCoSigners, type WorkingDraft } from '#shared/drafting/public.ts';
import { AppError, PersonIdSchema, StepIdSchema, type StepId } from '#shared/kernel/public.ts';
import { accepted, core, newCommandId, newId } from '../../app/client.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Note } from '../../ui/gate.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { PersonPicker } from '../../ui/person-picker.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { newStep, plannedOf, readyStep, usualSteps, withCoSigners, type PlannedStep } from './circuit.ts';

type SubmitDialogProps = Readonly<{
  document: Outgoing;
  draft: WorkingDraft;
  onClose: () => void;
  /** The steps as they were arranged, so that the next time begins with them. */
  onSteps: (steps: readonly Step[]) => Promise<unknown>;
  onSubmitted: () => void;
}>;

/** Who sees the draft, in which order, and who signs it in which right; then it is frozen and goes. */
export function SubmitDialog({ document, draft, onClose, onSteps, onSubmitted }: SubmitDialogProps) {
  const words = useWords();
  const directory = useDirectory();
  const { person: me } = useMe();
  const { now } = useMoment();
  const coSigners = draft.coSigners ?? [];
  const [steps, setSteps] = useState<readonly PlannedStep[]>(() =>
    withCoSigners(
      draft.steps.length > 0 ? draft.steps.map(plannedOf) : usualSteps(directory, me, newStepId),
      coSigners,
      { drafter: me, newStepId },
    ),
  );
  const [asked, setAsked] = useState(false);
  const [said, setSaid] = useState('');
  const waysFor = (step: PlannedStep): readonly SigningWay[] => {
    const signer = step.person === null ? null : directory.personOf(step.person);
    return signer === null || step.kind !== 'sign' || needsNoRight(step, draft.kind)
      ? []
      : waysOf(directory, signer, { kind: draft.kind, at: now });
  };
  const wayOf = (step: PlannedStep): SigningWay | null => {
    const ways = waysFor(step);
    return ways.find(({ id }) => id === step.right) ?? ways[0] ?? null;
  };
  const faultOf = (step: PlannedStep): string | null => {
    if (step.person === null) return words('drafting.step.noPerson');
    const refusal = wayOf(step)?.refusal ?? null;
    return refusal === null ? null : sentenceOf(refusal, words);
  };
  const ready = (): Step[] => steps.flatMap((step) => readyStep(step, wayOf(step)) ?? []);
  const fault = faultIn(steps) ?? (draft.subject.trim() === '' ? new AppError('drafting.no-subject') : null);
  const unnamed = whyNotCoSigners(coSigners, ready()) ?? whyNotAppendices(draft);
  const sending = useMutation({
    mutationFn: async () => {
      const chosen = ready();
      await onSteps(chosen);
      const commandId = newCommandId();
      const { reply } = await core.workflow.submitDraft({
        commandId,
        documentId: document.id,
        steps: chosen,
      });
      accepted(reply);
      return chosen[0];
    },
    onSuccess: (first) => {
      toast({
        text: words('drafting.submitted', {
          name: first === undefined ? '' : directory.nameOf(first.person),
        }),
      });
      onSubmitted();
    },
  });
  const submit = (): void => {
    setAsked(true);
    const sound = fault === null && unnamed === null && steps.every((step) => faultOf(step) === null);
    if (sound) sending.mutate();
  };
  const put = (id: string, part: Partial<PlannedStep>): void => {
    setSteps((known) => known.map((step) => (step.id === id ? { ...step, ...part } : step)));
  };
  const move = (place: number, by: 1 | -1): void => {
    const step = steps[place];
    const other = steps[place + by];
    if (step === undefined || other === undefined) return;
    setSteps(steps.with(place, other).with(place + by, step));
    setSaid(words('drafting.step.moved', { place: place + by + 1 }));
  };
  return (
    <FormDialog
      title={words('drafting.submit.title')}
      confirm={words('drafting.submit')}
      size="44rem"
      onClose={onClose}
      busy={sending.isPending}
      error={sending.isError ? sentenceOf(sending.error, words) : null}
      onSubmit={submit}
    >
      <p className="dim">{words('drafting.submit.help')}</p>
      <ol className="circuit" aria-label={words('documents.circuit')}>
        {steps.map((step, place) => (
          <li
            key={step.id}
            onKeyDownCapture={(event) => {
              const by = moveKey(event);
              if (by === null) return;
              // The field's own list stays shut.
              event.preventDefault();
              event.stopPropagation();
              move(place, by);
            }}
          >
            <span className="circuit-place figures">{place + 1}.</span>
            <Select
              aria-label={words('drafting.step.kind', { place: place + 1 })}
              allowDeselect={false}
              disabled={isBound(step)}
              value={step.kind}
              data={stepKinds.map((kind) => ({ value: kind, label: words(`step.${kind}`) }))}
              onChange={(value) => {
                put(step.id, { kind: stepKinds.find((kind) => kind === value) ?? step.kind });
              }}
            />
            <StepPerson
              step={step}
              place={place}
              fault={asked || step.person !== null ? faultOf(step) : null}
              disabled={isBound(step) && step.elsewhere === null}
              onChange={(person) => {
                put(step.id, { person: person === null ? null : PersonIdSchema.parse(person), right: null });
              }}
            />
            <span className="circuit-acts">
              <StepAct act="up" place={place} disabled={place === 0} run={() => move(place, -1)} />
              <StepAct
                act="down"
                place={place}
                disabled={place === steps.length - 1}
                run={() => move(place, 1)}
              />
              <StepAct
                act="remove"
                place={place}
                disabled={steps.length === 1 || isBound(step)}
                run={() => setSteps(steps.filter(({ id }) => id !== step.id))}
              />
            </span>
            <SigningRight
              ways={waysFor(step)}
              chosen={wayOf(step)}
              onChange={(right) => {
                put(step.id, { right });
              }}
            />
            {step.elsewhere !== null && (
              <p className="circuit-right dim">{words('drafting.step.elsewhere', { ...step.elsewhere })}</p>
            )}
            {step.kind === 'sign' && steps[place - 1]?.kind === 'sign' && (
              <Checkbox
                className="circuit-right"
                label={words('drafting.step.together')}
                checked={step.together}
                onChange={(event) => {
                  put(step.id, { together: event.currentTarget.checked });
                }}
              />
            )}
          </li>
        ))}
      </ol>
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size="1rem" aria-hidden />}
          onClick={() => {
            // Whoever is added checks before the signers do.
            const before = Math.max(0, steps.length - steps.filter(({ kind }) => kind === 'sign').length);
            setSteps(steps.toSpliced(before, 0, newStep(newStepId(), 'opinion')));
          }}
        >
          {words('drafting.step.add')}
        </Button>{' '}
        <span className="dim">{words('drafting.step.keys')}</span>
      </div>
      <span className="unseen" role="status">
        {said}
      </span>
      {fault !== null && (asked || fault.code === 'workflow.signers-last') && (
        <Note tone="danger">{sentenceOf(fault, words)}</Note>
      )}
      {fault === null && unnamed !== null && asked && <Note tone="danger">{sentenceOf(unnamed, words)}</Note>}
    </FormDialog>
  );
}

type StepPersonProps = Readonly<{
  step: PlannedStep;
  place: number;
  fault: string | null;
  disabled: boolean;
  onChange: (person: string | null) => void;
}>;

function StepPerson({ step, place, fault, disabled, onChange }: StepPersonProps) {
  const words = useWords();
  const { pickable } = useDirectory();
  return (
    <div className="circuit-person">
      <PersonPicker
        label={words('drafting.step.person', { place: place + 1 })}
        people={pickable()}
        value={step.person}
        placeholder={words('drafting.step.pick')}
        onChange={onChange}
        error={fault}
        disabled={disabled}
      />
    </div>
  );
}

type SigningRightProps = Readonly<{
  ways: readonly SigningWay[];
  chosen: SigningWay | null;
  onChange: (way: string) => void;
}>;

/** By which right the signer signs; nothing to choose is nothing to show. */
function SigningRight({ ways, chosen, onChange }: SigningRightProps) {
  const words = useWords();
  const { personOf, own } = useDirectory();
  if (ways.length === 0 || (ways.length === 1 && chosen?.authority === null)) return null;
  const label = ({ authority, source, from }: SigningWay): string => {
    const head = from === null ? null : personOf(from);
    if (authority === null) return words('drafting.right.own');
    if (head === null) return words('drafting.right.collective', { name: own?.collective ?? '' });
    return words('drafting.right.given', { authority, post: head.post, source: source ?? '' });
  };
  return (
    <div className="circuit-right">
      <Select
        aria-label={words('drafting.right')}
        allowDeselect={false}
        value={chosen?.id ?? null}
        data={ways.map((way) => ({ value: way.id, label: label(way) }))}
        onChange={(id) => {
          if (id !== null) onChange(id);
        }}
      />
    </div>
  );
}

type StepActProps = Readonly<{
  act: 'up' | 'down' | 'remove';
  place: number;
  disabled: boolean;
  run: () => void;
}>;

const stepIcons = { up: IconArrowUp, down: IconArrowDown, remove: IconX };

function StepAct({ act, place, disabled, run }: StepActProps) {
  const words = useWords();
  const IconDrawn = stepIcons[act];
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      disabled={disabled}
      aria-label={words(`drafting.step.${act}`, { place: place + 1 })}
      onClick={run}
    >
      <IconDrawn size="1rem" aria-hidden />
    </ActionIcon>
  );
}

function moveKey({ altKey, key }: KeyboardEvent): 1 | -1 | null {
  if (!altKey) return null;
  if (key === 'ArrowUp') return -1;
  return key === 'ArrowDown' ? 1 : null;
}

/** A co-signer's step: who signs it is said on the draft, only its turn is arranged here. */
function isBound({ kind, block }: PlannedStep): boolean {
  return kind === 'sign' && block > 1;
}

/** Another agency answers for its own leader's right; the secretary of minutes needs none (NĐ 30 PL3 mẫu 1.9). */
function needsNoRight(step: PlannedStep, kind: string): boolean {
  return step.elsewhere !== null || (kind === 'BB' && isBound(step));
}

function faultIn(steps: readonly PlannedStep[]): AppError | null {
  const signers = steps.filter(({ kind }) => kind === 'sign');
  const inOrder = signers.length > 0 && steps.slice(-signers.length).every(({ kind }) => kind === 'sign');
  return inOrder ? null : new AppError('workflow.signers-last');
}

function newStepId(): StepId {
  return StepIdSchema.parse(newId());
}
