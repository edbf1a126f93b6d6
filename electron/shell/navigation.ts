import { shell, type WebContents } from 'electron';
import { isOfficeAddress, isSignInAddress } from './office-address.ts';

/** A page stays in the office: it opens no window, goes to no other address and embeds no other page. */
export function pinToOffice(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    // The one way out: to sign in at an identity provider, in the person's own browser.
    if (isSignInAddress(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  // Loading our own page again is the only journey, and only for the whole window.
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOfficeAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
