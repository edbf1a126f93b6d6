import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { openDialog } from './first-focus.ts';
import { isTyping, matchKeys, type KeyPress } from './keys.ts';

/** Something a person can do by name (Ctrl+K), by keys, or both. */
export type OfficeCommand = Readonly<{
  id: string;
  label: string;
  /** `Ctrl+Enter`, `?`, or presses one after another: `G D`. */
  keys?: string;
  group: 'go' | 'do' | 'page';
  /** More words that should find it in the palette. */
  also?: string;
  /** Why it cannot be done now; shown, and the keys stay silent. */
  whyNot?: string | null;
  /** Keys only, not in the palette. */
  keysOnly?: boolean;
  run: () => void;
}>;

type Door = Readonly<{
  enter: (owner: symbol, commands: readonly OfficeCommand[]) => void;
  leave: (owner: symbol) => void;
}>;

// Apart, so that a page which offers commands is not drawn anew for those of another.
const DoorContext = createContext<Door | null>(null);
const KnownContext = createContext<readonly OfficeCommand[]>([]);
const sequenceMs = 1200;

/** Holds every command on the screen and listens to the keyboard for all of them. */
export function CommandsProvider({ children }: Readonly<{ children: ReactNode }>) {
  const [owners, setOwners] = useState<ReadonlyMap<symbol, readonly OfficeCommand[]>>(new Map());
  const commands = useMemo(() => [...owners.values()].flat(), [owners]);
  const enter = useCallback((owner: symbol, entered: readonly OfficeCommand[]) => {
    setOwners((known) => new Map(known).set(owner, entered));
  }, []);
  const leave = useCallback((owner: symbol) => {
    setOwners((known) => new Map([...known].filter(([one]) => one !== owner)));
  }, []);
  useKeyboard(commands);
  const door = useMemo(() => ({ enter, leave }), [enter, leave]);
  return (
    <DoorContext value={door}>
      <KnownContext value={commands}>{children}</KnownContext>
    </DoorContext>
  );
}

/** All commands that can be given now, the newest page's last. */
export function useKnownCommands(): readonly OfficeCommand[] {
  return useContext(KnownContext);
}

/** Offers commands while the component is shown. */
export function useCommands(commands: readonly OfficeCommand[]): void {
  const door = useContext(DoorContext);
  if (door === null) throw new Error('Commands need CommandsProvider');
  const { enter, leave } = door;
  const latest = useRef(commands);
  // Before anything is painted: a key pressed at what has just come to sight is not lost.
  useLayoutEffect(() => {
    latest.current = commands;
  });
  // What is shown decides when to register again; `run` is always looked up fresh.
  const shown = JSON.stringify(commands);
  useLayoutEffect(() => {
    const owner = Symbol('commands');
    enter(
      owner,
      latest.current.map((command, place) => ({ ...command, run: () => latest.current[place]?.run() })),
    );
    return () => {
      leave(owner);
    };
  }, [shown, enter, leave]);
}

/** One key or sequence for the page shown; it also appears in the `?` sheet. */
export function useShortcut(
  shortcut: Readonly<{ keys: string; label: string; run: () => void; enabled?: boolean }>,
): void {
  const { keys, label, run, enabled = true } = shortcut;
  useCommands(enabled ? [{ id: `keys.${keys}`, keys, label, group: 'page', keysOnly: true, run }] : []);
}

function useKeyboard(commands: readonly OfficeCommand[]): void {
  const presses = useRef<{ at: number; keys: readonly KeyPress[] }>({ at: 0, keys: [] });
  const known = useRef(commands);
  useLayoutEffect(() => {
    known.current = commands;
  }, [commands]);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isModifier(event.key) || openDialog() !== null) return;
      if (isTyping(event) && isTextField(event.target)) return;
      const earlier = event.timeStamp - presses.current.at < sequenceMs ? presses.current.keys : [];
      const answer = answerTo([...earlier, event], known.current) ?? answerTo([event], known.current);
      presses.current = { at: event.timeStamp, keys: answer?.command === null ? answer.presses : [] };
      if (answer === null) return;
      event.preventDefault();
      answer.command?.run();
    };
    document.addEventListener('keydown', listen);
    return () => {
      document.removeEventListener('keydown', listen);
    };
  }, []);
}

type Answer = Readonly<{ command: OfficeCommand | null; presses: readonly KeyPress[] }>;

/** The command whose keys are complete (the last registered wins), or none yet when a sequence has begun. */
function answerTo(presses: readonly KeyPress[], commands: readonly OfficeCommand[]): Answer | null {
  let begun = false;
  for (const command of commands.toReversed()) {
    if (command.keys === undefined || (command.whyNot ?? null) !== null) continue;
    const progress = matchKeys(command.keys, presses);
    if (progress === 'whole') return { command, presses };
    begun ||= progress === 'begun';
  }
  return begun ? { command: null, presses } : null;
}

function isModifier(key: string): boolean {
  return ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph'].includes(key);
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select')
  );
}
