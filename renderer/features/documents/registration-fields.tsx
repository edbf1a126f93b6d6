import { NumberInput, Select } from '@mantine/core';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { urgencies, type IncomingFields, type Suggestion, type Urgency } from '#shared/documents/public.ts';
import { DayField } from '../../ui/day-field.tsx';
import { focusInReach } from '../../ui/first-focus.ts';
import { Stack } from '../../ui/gate.tsx';
import { NotationField } from '../../ui/notation-field.tsx';
import { SuggestField } from '../../ui/suggest-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useWords } from '../../ui/use-words.ts';
import { isUnsure, missingIn, type RegistrationForm } from './registration-form.ts';
import { useKnownIssuers, useKnownKinds } from './known-entries.ts';

type RegistrationFieldsProps = Readonly<{
  form: RegistrationForm;
  onChange: (form: RegistrationForm) => void;
  suggestion: Suggestion | null;
  /** After a try: what is missing is said at its field. */
  asked: boolean;
  takesFocus: boolean;
  /** More fields at the end. */
  children?: ReactNode;
}>;

/** The register's fields of a received paper; Enter goes on to the next one, as Tab does. */
export function RegistrationFields(props: RegistrationFieldsProps) {
  const { form, onChange, suggestion, asked, takesFocus } = props;
  const words = useWords();
  const issuers = useKnownIssuers();
  const kinds = useKnownKinds();
  const first = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    if (takesFocus) focusInReach(first.current);
  }, [takesFocus]);
  const set = (part: Partial<RegistrationForm>): void => {
    onChange({ ...form, ...part });
  };
  const missing = asked ? missingIn(form) : [];
  const about = (field: keyof IncomingFields) => ({
    label: words(`documents.field.${field}`),
    filledFrom: isUnsure(suggestion, field) ? words('registration.unsure') : null,
    error: missing.some((one) => one === field) ? words(`registration.missing.${field}`) : null,
  });
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Enter moves on inside the fields themselves
    <div onKeyDown={goOnWithEnter} onKeyDownCapture={passClosedList}>
      <Stack>
        <Stack columns={2}>
          <NotationField
            {...about('number')}
            label={words('documents.field.notation')}
            value={form.notation}
            inputRef={first}
            maxLength={80}
            onChange={(notation) => {
              set({ notation });
            }}
          />
          <DayField
            {...about('issuedOn')}
            lean="behind"
            value={form.issuedOn}
            onChange={(issuedOn) => {
              set({ issuedOn });
            }}
          />
        </Stack>
        <SuggestField
          {...about('issuer')}
          required
          suggestions={issuers}
          value={form.issuer}
          maxLength={200}
          onChange={(issuer) => {
            set({ issuer });
          }}
        />
        <Stack columns={2}>
          <SuggestField
            {...about('kind')}
            required
            suggestions={kinds}
            value={form.kind}
            maxLength={100}
            onChange={(kind) => {
              set({ kind });
            }}
          />
          <Select
            label={words('documents.field.urgency')}
            value={form.urgency}
            allowDeselect={false}
            data={urgencies.map((value) => ({ value, label: words(`urgency.${value}`) }))}
            onChange={(value) => {
              set({ urgency: urgencies.find((one): one is Urgency => one === value) ?? 'normal' });
            }}
          />
        </Stack>
        <TextField
          {...about('subject')}
          required
          rows={2}
          maxLength={500}
          value={form.subject}
          onChange={(subject) => {
            set({ subject });
          }}
        />
        <Stack columns={2}>
          <TextField
            {...about('signer')}
            value={form.signer}
            maxLength={100}
            onChange={(signer) => {
              set({ signer });
            }}
          />
          <TextField
            {...about('signerPost')}
            value={form.signerPost}
            maxLength={100}
            onChange={(signerPost) => {
              set({ signerPost });
            }}
          />
          <DayField
            {...about('dueOn')}
            lean="ahead"
            value={form.dueOn}
            onChange={(dueOn) => {
              set({ dueOn });
            }}
          />
          <NumberInput
            label={words('documents.field.copies')}
            value={form.copies}
            min={1}
            max={999}
            allowDecimal={false}
            onChange={(copies) => {
              set({ copies: Math.max(1, Number(copies) || 1) });
            }}
          />
        </Stack>
        <TextField
          {...about('note')}
          value={form.note}
          maxLength={500}
          onChange={(note) => {
            set({ note });
          }}
        />
        {props.children}
      </Stack>
    </div>
  );
}

/** Enter would open a closed list of choices; here it goes on, and the arrows open it. */
function passClosedList(event: KeyboardEvent<HTMLElement>): void {
  const { target } = event;
  if (!(target instanceof HTMLInputElement) || !target.readOnly) return;
  if (target.getAttribute('aria-expanded') === 'true') return;
  goOnWithEnter(event);
  if (event.defaultPrevented) event.stopPropagation();
}

/** Enter in a line goes to the next field, so that a paper is registered with Tab and Enter alone. */
function goOnWithEnter(event: KeyboardEvent<HTMLElement>): void {
  const { target } = event;
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  if (!(target instanceof HTMLInputElement) && !(target instanceof HTMLTextAreaElement)) return;
  if (event.shiftKey && target instanceof HTMLTextAreaElement) return;
  event.preventDefault();
  const fields = [
    ...event.currentTarget.querySelectorAll<HTMLElement>('input:not([type="hidden"]), textarea'),
  ].filter((field) => field.tabIndex >= 0 && field.offsetParent !== null);
  const next = fields[fields.indexOf(target) + 1];
  if (next !== undefined) next.focus();
  else document.querySelector<HTMLElement>('.document-acts button, .dialog [type="submit"]')?.focus();
}
