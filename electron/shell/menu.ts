import { Menu, type MenuItemConstructorOptions } from 'electron';
import { say } from './words.ts';

/** The menu bar: only what a window itself can do. The office's own commands live in its screens. */
export function setMenu(openAnother: () => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(openAnother)));
}

function template(openAnother: () => void): MenuItemConstructorOptions[] {
  return [
    {
      label: say('shell.menu.office'),
      submenu: [
        { label: say('shell.menu.new-window'), accelerator: 'CmdOrCtrl+Shift+N', click: openAnother },
        { type: 'separator' },
        { label: say('shell.menu.close-window'), role: 'close' },
        { label: say('shell.menu.quit'), role: 'quit' },
      ],
    },
    {
      label: say('shell.menu.edit'),
      submenu: [
        { label: say('shell.menu.undo'), role: 'undo' },
        { label: say('shell.menu.redo'), role: 'redo' },
        { type: 'separator' },
        { label: say('shell.menu.cut'), role: 'cut' },
        { label: say('shell.menu.copy'), role: 'copy' },
        { label: say('shell.menu.paste'), role: 'paste' },
        { label: say('shell.menu.select-all'), role: 'selectAll' },
      ],
    },
    {
      label: say('shell.menu.view'),
      submenu: [
        { label: say('shell.menu.actual-size'), role: 'resetZoom' },
        { label: say('shell.menu.larger'), role: 'zoomIn' },
        { label: say('shell.menu.smaller'), role: 'zoomOut' },
        { type: 'separator' },
        { label: say('shell.menu.full-screen'), role: 'togglefullscreen' },
      ],
    },
  ];
}
