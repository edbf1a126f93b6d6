import { dialog, shell, type WebContents } from 'electron';
import { isOutsideAddress } from '#shared/meetings/public.ts';
import { isOfficeAddress, isSignInAddress } from './office-address.ts';
import { say } from './words.ts';

/** A page stays in the office: it opens no window but another of the office, goes to no other address and embeds no page. */
export function pinToOffice(contents: WebContents, openBeside: (address: string) => void): void {
  contents.setWindowOpenHandler(({ url }) => {
    // The screen of a hall, on another screen of this machine.
    if (isOfficeAddress(url)) openBeside(url);
    // Out to the person's own browser: to sign in at an identity provider, and to a conference the person agrees to.
    else if (isSignInAddress(url)) void shell.openExternal(url);
    else if (isOutsideAddress(url)) void openIfAgreed(url);
    return { action: 'deny' };
  });
  // Loading our own page again is the only journey, and only for the whole window.
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOfficeAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Says the whole address first; the usual answer is no. */
async function openIfAgreed(url: string): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: say('shell.outside.title'),
    detail: `${url}\n\n${say('shell.outside.text')}`,
    buttons: [say('shell.outside.stay'), say('shell.outside.open')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 1) await shell.openExternal(url);
}
