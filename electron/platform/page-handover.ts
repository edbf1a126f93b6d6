import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** Where an outside program fetches one page and leaves it again. */
export type PageHandover = Readonly<{
  fetchUrl: string;
  leaveUrl: string;
  /** The page as it was left, or null while it was not. */
  left: () => Uint8Array | null;
  close: () => void;
}>;

/** Both addresses die with the signature they were made for, and at the latest after this (VGCASignService's own 15 minutes). */
const livesMs = 15 * 60_000;
const mostAddedBytes = 4 * 1024 * 1024;

/**
 * Hands one page over on 127.0.0.1: one address to fetch it, one to leave it signed, each with 256 random bits and good
 * for one use. Nothing of the user's session is in them, and nothing else is answered.
 */
export async function handOver(pdf: Uint8Array, name: string): Promise<PageHandover> {
  const [fetchPath, leavePath] = [newPath(name), newPath(name)];
  let left: Uint8Array | null = null;
  const unused = new Set([fetchPath, leavePath]);
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const isHere = request.headers.host === `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const wanted = request.method === 'GET' ? fetchPath : request.method === 'POST' ? leavePath : null;
    if (!isHere || path !== wanted || !unused.delete(path)) {
      response.writeHead(404).end();
      return;
    }
    if (path === fetchPath) {
      response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': pdf.length }).end(pdf);
      return;
    }
    take(request, response, { name, limit: pdf.length + mostAddedBytes }).then(
      (taken) => {
        left = taken;
      },
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const end = setTimeout(close, livesMs);
  function close(): void {
    clearTimeout(end);
    server.closeAllConnections();
    server.close();
  }
  return { fetchUrl: `${base}${fetchPath}`, leaveUrl: `${base}${leavePath}`, left: () => left, close };
}

function newPath(name: string): string {
  return `/${randomBytes(32).toString('base64url')}/${encodeURIComponent(name)}`;
}

type Taking = Readonly<{ name: string; limit: number }>;

/** Takes the file that was posted, bare or as a form's one file, and answers as the programs expect. */
async function take(
  request: IncomingMessage,
  response: ServerResponse,
  { name, limit }: Taking,
): Promise<Uint8Array | null> {
  const body = await bodyOf(request, limit);
  const file = body === null ? null : await fileIn(body, request.headers['content-type'] ?? '');
  const answer = {
    Status: file !== null,
    Message: file === null ? 'No file' : '',
    FileName: name,
    FileServer: name,
  };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  return file;
}

async function bodyOf(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limit) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function fileIn(body: Buffer, type: string): Promise<Uint8Array | null> {
  if (!type.startsWith('multipart/form-data')) return body.length === 0 ? null : body;
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    const files = [...form.values()].filter((value) => typeof value !== 'string');
    const [file] = files;
    return file === undefined || files.length > 1 ? null : new Uint8Array(await file.arrayBuffer());
  } catch {
    // A form that cannot be read holds no file.
    return null;
  }
}
