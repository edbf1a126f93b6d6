import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBold,
  IconChevronDown,
  IconItalic,
  IconList,
  IconTable,
  type Icon,
} from '@tabler/icons-react';
import { useEditorState, type Editor } from '@tiptap/react';
import { Hint } from '../../ui/hint.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { useWords } from '../../ui/use-words.ts';
import { keysOf, levels } from './draft-kinds.ts';

/** What can be done to the text: its level, bold, italic, list, table, undo; each with its key. */
export function DraftTools({ editor }: Readonly<{ editor: Editor }>) {
  const words = useWords();
  const now = useEditorState({
    editor,
    selector: ({ editor: at }) => ({
      level: levels.find((level) => at.isActive(level)) ?? ('paragraph' as const),
      bold: at.isActive('bold'),
      italic: at.isActive('italic'),
      list: at.isActive('bulletList'),
      table: at.isActive('table'),
      undo: at.can().undo(),
      redo: at.can().redo(),
    }),
  });
  const chain = () => editor.chain().focus();
  const tools: readonly Tool[] = [
    { id: 'bold', icon: IconBold, keys: 'Ctrl+B', on: now.bold, run: () => chain().toggleBold().run() },
    {
      id: 'italic',
      icon: IconItalic,
      keys: 'Ctrl+I',
      on: now.italic,
      run: () => chain().toggleItalic().run(),
    },
    {
      id: 'list',
      icon: IconList,
      keys: 'Ctrl+Shift+8',
      on: now.list,
      run: () => chain().toggleBulletList().run(),
    },
  ];
  return (
    <div className="draft-tools" role="toolbar" aria-label={words('drafting.tools')}>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button
            size="compact-sm"
            variant="default"
            rightSection={<IconChevronDown size="0.875rem" aria-hidden />}
          >
            {words(`drafting.level.${now.level}`)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(['paragraph', ...levels] as const).map((level) => (
            <Menu.Item
              key={level}
              rightSection={<KeyCaps keys={keysOf(level)} />}
              onClick={() => {
                chain().setNode(level).run();
              }}
            >
              {words(`drafting.level.${level}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <span className="gap" />
      {tools.map((tool) => (
        <ToolButton key={tool.id} tool={tool} />
      ))}
      {now.table ? (
        <TableMenu editor={editor} />
      ) : (
        <ToolButton
          tool={{
            id: 'table',
            icon: IconTable,
            run: () => chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
          }}
        />
      )}
      <span className="gap" />
      <ToolButton
        tool={{
          id: 'undo',
          icon: IconArrowBackUp,
          keys: 'Ctrl+Z',
          off: !now.undo,
          run: () => chain().undo().run(),
        }}
      />
      <ToolButton
        tool={{
          id: 'redo',
          icon: IconArrowForwardUp,
          keys: 'Ctrl+Y',
          off: !now.redo,
          run: () => chain().redo().run(),
        }}
      />
    </div>
  );
}

type Tool = Readonly<{
  id: string;
  icon: Icon;
  keys?: string;
  on?: boolean;
  off?: boolean;
  run: () => unknown;
}>;

function ToolButton({ tool: { id, icon: IconDrawn, keys, on, off = false, run } }: Readonly<{ tool: Tool }>) {
  const words = useWords();
  const label = words(`drafting.tool.${id}`);
  return (
    <Hint text={label} {...(keys === undefined ? {} : { keys })}>
      <ActionIcon
        variant={on === true ? 'light' : 'subtle'}
        color={on === true ? 'action' : 'gray'}
        aria-label={label}
        aria-pressed={on}
        disabled={off}
        onClick={() => {
          run();
        }}
      >
        <IconDrawn size="1.125rem" stroke={1.75} aria-hidden />
      </ActionIcon>
    </Hint>
  );
}

const tableActs = ['addRowAfter', 'deleteRow', 'addColumnAfter', 'deleteColumn', 'deleteTable'] as const;

function TableMenu({ editor }: Readonly<{ editor: Editor }>) {
  const words = useWords();
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconTable size="1rem" aria-hidden />}
          rightSection={<IconChevronDown size="0.875rem" aria-hidden />}
        >
          {words('drafting.tool.table.change')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {tableActs.map((act) => (
          <Menu.Item
            key={act}
            onClick={() => {
              editor.chain().focus()[act]().run();
            }}
          >
            {words(`drafting.table.${act}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
