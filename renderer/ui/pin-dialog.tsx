import { Button, PasswordInput } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Day } from '#shared/kernel/public.ts';
import { DialogFrame } from './dialog-frame.tsx';
import { Facts } from './facts.tsx';
import { Note } from './gate.tsx';
import { formatDay } from './moments.ts';
import { KeyCaps } from './key-caps.tsx';
import { useControlEnter } from './use-control-enter.ts';
import { useWords } from './use-words.ts';
import { firstFocus } from './first-focus.ts';
import './dialogs.css';

type PinDialogProps = Readonly<{
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What is about to be signed: one line each. */
  documents: readonly Readonly<{ id: string; reference: string; title: string }>[];
  /** In which role: "KT. CHỦ TỊCH – PHÓ CHỦ TỊCH". */
  signingAs: string;
  certificate: Readonly<{ subject: string; issuer: string; validTo: Day }>;
  busy?: boolean;
  error?: string | null;
  onSign: (pin: string) => void;
  /** The key asks for its PIN itself, in its own window. */
  asksItself?: boolean;
  /** Between the certificate and the PIN: a choice of keys, a warning. */
  children?: ReactNode;
}>;

/** The signing moment: what, in which role, with which certificate, then the PIN. */
export function PinDialog(props: PinDialogProps) {
  return (
    <DialogFrame opened={props.opened} onClose={props.onClose} title={props.title} size="32rem">
      <PinForm {...props} />
    </DialogFrame>
  );
}

function PinForm({
  onClose,
  documents,
  signingAs,
  certificate,
  busy = false,
  error = null,
  onSign,
  asksItself = false,
  children,
}: PinDialogProps) {
  const words = useWords();
  const [pin, setPin] = useState('');
  const [asked, setAsked] = useState(false);
  const submit = (): void => {
    setAsked(true);
    if ((pin !== '' || asksItself) && !busy) onSign(asksItself ? '' : pin);
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
      <div className="pin-what">
        <span className="dim">{words('ui.pin.what')}</span>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long list scrolls, also by keyboard */}
        <ul tabIndex={0} aria-label={words('ui.pin.what')}>
          {documents.map(({ id, reference, title }) => (
            <li key={id} className="two-lines" title={title}>
              <strong className="figures">{reference}</strong> {title}
            </li>
          ))}
        </ul>
      </div>
      <Facts
        facts={[
          { label: words('ui.pin.role'), value: <strong>{signingAs}</strong>, wide: true },
          {
            label: words('ui.pin.certificate'),
            wide: true,
            value: (
              <>
                {certificate.subject}
                <span className="dim pin-issuer">
                  {certificate.issuer} · {words('ui.pin.validTo', { day: formatDay(certificate.validTo) })}
                </span>
              </>
            ),
          },
        ]}
      />
      {children}
      {asksItself ? (
        <Note>{words(busy ? 'ui.pin.elsewhere.waiting' : 'ui.pin.elsewhere')}</Note>
      ) : (
        <>
          <PasswordInput
            label={words('ui.pin.pin')}
            value={pin}
            {...firstFocus}
            autoComplete="off"
            error={error ?? (asked && pin === '' ? words('ui.pin.needed') : null)}
            visibilityToggleButtonProps={{ tabIndex: 0, 'aria-label': words('ui.pin.show') }}
            onChange={(event) => {
              setPin(event.currentTarget.value);
            }}
          />
          <p className="dim pin-caution">{words('ui.pin.caution')}</p>
        </>
      )}
      {asksItself && error !== null && <Note tone="danger">{error}</Note>}
      <div className="dialog-acts">
        <Button variant="default" onClick={onClose}>
          {words('ui.dialog.cancel')}
        </Button>
        <Button
          type="submit"
          loading={busy}
          leftSection={<IconSignature size="1rem" aria-hidden />}
          rightSection={<KeyCaps keys="Ctrl+Enter" />}
        >
          {documents.length > 1
            ? words('ui.pin.signMany', { count: documents.length })
            : words('ui.pin.sign')}
        </Button>
      </div>
    </form>
  );
}
