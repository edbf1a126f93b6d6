import type { Ask } from '#shared/node/pdf-signing/public.ts';

const longest = 2 * 1024 * 1024;

/** Asks services on this machine only; an empty body is a GET. */
export const askLoopback: Ask = async ({ url, contentType, accept, body }) => {
  if (new URL(url).hostname !== '127.0.0.1') throw new Error('Tests never leave this machine');
  const asked = body.length === 0 ? {} : { method: 'POST', body: Buffer.from(body) };
  const response = await fetch(url, { ...asked, headers: { accept, 'content-type': contentType } });
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!response.ok || bytes.length > longest) throw new Error(`No answer from ${url}`);
  return bytes;
};
