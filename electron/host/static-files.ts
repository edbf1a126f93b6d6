import type { ServerResponse } from 'node:http';
import { readScreen } from '../screens/screen-files.ts';

/** Answers with one built file, or with the page itself for an address of the app's own. */
export async function serveFile(folder: string, pathname: string, response: ServerResponse): Promise<void> {
  const { status, headers, body } = await readScreen(folder, pathname);
  response.writeHead(status, { ...headers });
  response.end(body);
}
