import type { Session } from 'electron';
import { isOfficeAddress, officeScheme } from './office-address.ts';

const ownSchemes = new Set([`${officeScheme}:`, 'blob:', 'data:', 'devtools:']);

/**
 * Writing to the clipboard after a click is how a notation gets into a letter, and people in a meeting see and hear each
 * other; nothing else is ever granted.
 */
const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'media']);

/** Denies places, devices and the network to every page, and keeps Chromium from calling home. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(granted.has(permission) && isOfficeAddress(details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => {
    return granted.has(permission) && isOfficeAddress(origin);
  });
  session.setDevicePermissionHandler(() => false);
  // The spell checker would fetch its dictionaries from the Internet.
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !URL.canParse(details.url) || !ownSchemes.has(new URL(details.url).protocol) });
  });
}
