import { Combobox, useCombobox } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useKnownCommands, type OfficeCommand } from './commands.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import { bestMatches } from './fold.ts';
import { KeyCaps } from './key-caps.tsx';
import { useWords } from './use-words.ts';
import { firstFocus } from './first-focus.ts';
import './command-palette.css';

/** Something the palette found elsewhere for the typed words, e.g. documents. */
export type Finding = Readonly<{ id: string; label: string; note?: string; run: () => void }>;

type CommandPaletteProps = Readonly<{
  opened: boolean;
  onClose: () => void;
  /** Looks further than the commands; called with what was typed after a short pause. */
  find?: (typed: string) => Promise<readonly Finding[]>;
}>;

const pauseMs = 120;

/** Ctrl+K: goes anywhere and does anything, by a few letters without diacritics. */
export function CommandPalette({ opened, onClose, find }: CommandPaletteProps) {
  const words = useWords();
  return (
    <DialogFrame
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size="38rem"
      yOffset="12vh"
      centered={false}
      title={<span className="unseen">{words('ui.palette.title')}</span>}
      classNames={{ header: 'palette-header' }}
    >
      <PaletteBody onClose={onClose} {...(find === undefined ? {} : { find })} />
    </DialogFrame>
  );
}

function PaletteBody({ onClose, find }: Omit<CommandPaletteProps, 'opened'>) {
  const words = useWords();
  const known = useKnownCommands();
  const [typed, setTyped] = useState('');
  const findings = useFindings(typed, find);
  // The list has Escape to itself as long as it is open, and it is as long as the palette is.
  const box = useCombobox({ opened: true, onDropdownClose: onClose });
  const named = known.filter((command) => command.keysOnly !== true);
  const found = bestMatches(typed, named, (command) => `${command.label} ${command.also ?? ''}`);
  const groups = (['page', 'go', 'do'] as const).map((group) => ({
    group,
    commands: found.filter((command) => command.group === group),
  }));
  useEffect(() => {
    box.selectFirstOption();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the store is another object with every drawing
  }, [typed, findings.length]);

  const choose = (id: string): void => {
    const finding = findings.find((one) => `found.${one.id}` === id);
    const command = named.find((one) => one.id === id);
    if (command !== undefined && (command.whyNot ?? null) !== null) return;
    onClose();
    // After the dialog has given the focus back.
    setTimeout(() => {
      (finding ?? command)?.run();
    }, 0);
  };

  return (
    <Combobox store={box} onOptionSubmit={choose} withinPortal={false}>
      <Combobox.EventsTarget>
        <input
          className="palette-input"
          {...firstFocus}
          aria-label={words('ui.palette.placeholder')}
          placeholder={words('ui.palette.placeholder')}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            box.updateSelectedOptionIndex();
          }}
        />
      </Combobox.EventsTarget>
      <Combobox.Options className="palette-options" aria-label={words('ui.palette.title')}>
        {groups.map(
          ({ group, commands }) =>
            commands.length > 0 && (
              <Combobox.Group key={group} label={words(group === 'go' ? 'ui.palette.go' : 'ui.palette.do')}>
                {commands.map((command) => (
                  <PaletteCommand key={command.id} command={command} />
                ))}
              </Combobox.Group>
            ),
        )}
        {/* Papers are found a moment later: below, so that Enter never means something else than it did. */}
        {findings.length > 0 && (
          <Combobox.Group label={words('ui.palette.found')}>
            {findings.map((finding) => (
              <Combobox.Option key={finding.id} value={`found.${finding.id}`}>
                <span className="one-line palette-label">{finding.label}</span>
                {finding.note !== undefined && <span className="dim palette-note">{finding.note}</span>}
              </Combobox.Option>
            ))}
          </Combobox.Group>
        )}
        {found.length === 0 && findings.length === 0 && (
          <Combobox.Empty>{words('ui.palette.nothing', { typed })}</Combobox.Empty>
        )}
      </Combobox.Options>
    </Combobox>
  );
}

function PaletteCommand({ command }: Readonly<{ command: OfficeCommand }>) {
  const whyNot = command.whyNot ?? null;
  return (
    <Combobox.Option
      value={command.id}
      aria-disabled={whyNot !== null}
      data-unavailable={whyNot !== null || undefined}
    >
      <span className="palette-line">
        <span className="one-line palette-label">{command.label}</span>
        {command.keys !== undefined && <KeyCaps keys={command.keys} />}
      </span>
      {whyNot !== null && <span className="dim palette-note">{whyNot}</span>}
    </Combobox.Option>
  );
}

function useFindings(typed: string, find: CommandPaletteProps['find']): readonly Finding[] {
  const [findings, setFindings] = useState<Readonly<{ typed: string; found: readonly Finding[] }>>({
    typed: '',
    found: [],
  });
  useEffect(() => {
    if (find === undefined || typed.trim().length < 2) return;
    let left = false;
    const timer = setTimeout(() => {
      find(typed).then(
        (found) => {
          if (!left) setFindings({ typed, found });
        },
        () => {
          if (!left) setFindings({ typed, found: [] });
        },
      );
    }, pauseMs);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [typed, find]);
  return typed.trim().length < 2 ? [] : findings.found;
}
