import { protocol } from 'electron';
import { readScreen } from '../screens/screen-files.ts';
import { isOfficeAddress, officeScheme } from './office-address.ts';

/** Must run before the app is ready: Electron fixes the rights of a scheme at its start. */
export function declareOfficeScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: officeScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the built screens from their folder. */
export function serveOfficeScheme(folder: string): void {
  protocol.handle(officeScheme, async (request) => {
    if (request.method !== 'GET' || !isOfficeAddress(request.url)) return new Response(null, { status: 403 });
    const { status, headers, body } = await readScreen(folder, new URL(request.url).pathname);
    return new Response(body, { status, headers: { ...headers } });
  });
}
