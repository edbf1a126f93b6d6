import type { Outgoing } from '#shared/documents/public.ts';
import type { Hash } from '#shared/kernel/public.ts';
import { verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { alarm, rootsOf, type GatewayParts } from './gateway-parts.ts';

/** NĐ 30 Đ5: that of the competent person and that of the agency. */
const needed = 2;

/**
 * A desk vouches for the page it sends; its word is in the log under its signature. The server reads the page once itself, and a
 * person is told where it finds fewer signatures than were vouched for.
 */
export async function lookAtPage(
  parts: GatewayParts,
  { file, number }: Pick<Outgoing, 'file' | 'number'>,
  looked: Set<Hash>,
): Promise<void> {
  if (file === null || looked.has(file.hash)) return;
  looked.add(file.hash);
  const bytes = await parts.folder.blobs.read(file.hash, 0, file.size);
  if ((await signaturesOn(parts, bytes)) < needed) {
    await alarm(parts, 'exchange.fewer-signatures', null, number?.notation ?? file.name);
  }
}

async function signaturesOn(parts: GatewayParts, bytes: Uint8Array): Promise<number> {
  const evidence = { certificates: [], ocsps: [], crls: [] };
  const trust = await rootsOf(parts);
  const { signatures } = verifyPdf(bytes, { trust, evidence, at: parts.now() });
  return signatures.filter(({ role, verdict }) => role !== 'timestamp' && verdict !== 'invalid').length;
}
