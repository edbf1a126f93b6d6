import { Button } from '@mantine/core';
import { IconFileDownload } from '@tabler/icons-react';
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { useWords } from './use-words.ts';
import './drop-zone.css';

type DropZoneProps = Readonly<{
  /** `.pdf,application/pdf`; for the file dialog only, what is dropped is judged by the door. */
  accept: string;
  multiple?: boolean;
  onFiles: (files: readonly File[]) => void;
  disabled?: boolean;
  /** What may be dropped, in a sentence. */
  help: string;
  /** Without children it is a box of its own; with them it lies over them while files are dragged. */
  children?: ReactNode;
}>;

/** Takes files by drag and drop, or by a button for the keyboard. */
export function DropZone({
  accept,
  multiple = true,
  onFiles,
  disabled = false,
  help,
  children,
}: DropZoneProps) {
  const words = useWords();
  const chooser = useRef<HTMLInputElement>(null);
  const [dragged, setDragged] = useState(0);
  const take = (files: FileList | null): void => {
    const taken = [...(files ?? [])];
    if (taken.length > 0 && !disabled) onFiles(multiple ? taken : taken.slice(0, 1));
  };
  const over = (event: DragEvent): void => {
    if (disabled || !event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setDragged(Math.max(1, event.dataTransfer.items.length));
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setDragged(0);
    take(event.dataTransfer.files);
  };
  const leave = (event: DragEvent<HTMLDivElement>): void => {
    const inside = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
    if (!inside) setDragged(0);
  };
  return (
    // Dragging is a second way in; the button inside is the one for the keyboard.
    <div
      className="drop-zone"
      data-box={children === undefined || undefined}
      data-over={dragged > 0 || undefined}
      onDragOver={over}
      onDragLeave={leave}
      onDrop={drop}
    >
      {children}
      {children === undefined && (
        <>
          <IconFileDownload size="1.5rem" stroke={1.5} aria-hidden />
          <strong>{words('ui.drop.title')}</strong>
          <span className="dim">{help}</span>
          <Button
            variant="default"
            disabled={disabled}
            onClick={() => {
              chooser.current?.click();
            }}
          >
            {words('ui.drop.choose')}
          </Button>
        </>
      )}
      {children !== undefined && dragged > 0 && (
        <div className="drop-veil">
          <IconFileDownload size="2rem" stroke={1.5} aria-hidden />
          <strong>{words('ui.drop.release', { count: dragged })}</strong>
          <span>{help}</span>
        </div>
      )}
      <input
        ref={chooser}
        type="file"
        hidden
        accept={accept}
        multiple={multiple}
        aria-label={words('ui.drop.choose')}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}
