import { Button, Textarea } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import { useRef, useState, type ClipboardEvent, type DragEvent } from 'react';
import { firstFocus } from './first-focus.ts';
import { readQr } from './read-qr.ts';
import { useWords } from './use-words.ts';
import './code-field.css';

type CodeFieldProps = Readonly<{
  label: string;
  value: string;
  onChange: (text: string) => void;
  error?: string | null;
  placeholder?: string;
  rows?: number;
}>;

/** A long code: pasted as text, or read from a picture of its QR code that is pasted, dropped or chosen. */
export function CodeField({ label, value, onChange, error = null, placeholder, rows = 3 }: CodeFieldProps) {
  const words = useWords();
  const chooser = useRef<HTMLInputElement>(null);
  const [isUnread, setUnread] = useState(false);
  const change = (text: string): void => {
    setUnread(false);
    onChange(text);
  };
  const read = (file: Blob): void => {
    void readQr(file).then((text) => {
      if (text === null) setUnread(true);
      else change(text);
    });
  };
  const takePicture = (event: ClipboardEvent | DragEvent, files: FileList): void => {
    const [picture] = [...files].filter(({ type }) => type.startsWith('image/'));
    if (picture === undefined) return;
    event.preventDefault();
    read(picture);
  };
  return (
    <div
      className="code-field"
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('Files')) event.preventDefault();
      }}
      onDrop={(event) => {
        takePicture(event, event.dataTransfer.files);
      }}
    >
      <Textarea
        {...firstFocus}
        label={label}
        placeholder={placeholder}
        rows={rows}
        value={value}
        error={isUnread ? words('ui.qr.unread') : error}
        onPaste={(event) => {
          takePicture(event, event.clipboardData.files);
        }}
        onChange={(event) => {
          change(event.currentTarget.value);
        }}
      />
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconQrcode size="1rem" stroke={1.75} aria-hidden />}
        onClick={() => {
          chooser.current?.click();
        }}
      >
        {words('ui.qr.choose')}
      </Button>
      <input
        ref={chooser}
        type="file"
        hidden
        accept="image/*"
        aria-label={words('ui.qr.choose')}
        onChange={(event) => {
          const [picture] = event.currentTarget.files ?? [];
          if (picture !== undefined) read(picture);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
