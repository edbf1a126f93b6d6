import { useKnownCommands } from './commands.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import { KeyCaps } from './key-caps.tsx';
import { useWords } from './use-words.ts';
import './shortcut-sheet.css';

type Line = Readonly<{ label: string; keys: readonly string[] }>;

/** `?`: every key that works now, by where it works. */
export function ShortcutSheet({ opened, onClose }: Readonly<{ opened: boolean; onClose: () => void }>) {
  const words = useWords();
  const commands = useKnownCommands();
  const lines = (isHere: boolean): readonly Line[] =>
    commands.flatMap(({ label, keys, group }) =>
      keys !== undefined && (group === 'page') === isHere ? [{ label, keys: [keys] }] : [],
    );
  const inList: readonly Line[] = [
    { label: words('ui.shortcuts.move'), keys: ['J', 'K', 'ArrowDown', 'ArrowUp'] },
    { label: words('ui.shortcuts.open'), keys: ['Enter'] },
    { label: words('ui.shortcuts.select'), keys: ['Space', 'Shift+ArrowDown'] },
    { label: words('ui.shortcuts.selectAll'), keys: ['Ctrl+A'] },
    { label: words('ui.shortcuts.ends'), keys: ['Home', 'End'] },
  ];
  return (
    <DialogFrame opened={opened} onClose={onClose} size="46rem" title={words('ui.shortcuts.title')}>
      <div className="sheet">
        <SheetPart title={words('ui.shortcuts.everywhere')} lines={lines(false)} />
        <SheetPart title={words('ui.shortcuts.page')} lines={lines(true)} />
        <SheetPart title={words('ui.shortcuts.list')} lines={inList} />
      </div>
    </DialogFrame>
  );
}

function SheetPart({ title, lines }: Readonly<{ title: string; lines: readonly Line[] }>) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {lines.map(({ label, keys }) => (
          <li key={`${label}${keys.join()}`}>
            <span>{label}</span>
            <span className="sheet-keys">
              {keys.map((one) => (
                <KeyCaps key={one} keys={one} />
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
