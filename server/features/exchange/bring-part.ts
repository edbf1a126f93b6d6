import { documentAggregate } from '#shared/documents/public.ts';
import { consignmentAggregate, filesToSend, type Parcel } from '#shared/exchange/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import { sealPart, type Part } from '#shared/node/exchange/public.ts';
import { stopsEverything } from './collect.ts';
import type { GatewayParts } from './gateway-parts.ts';
import type { Hub } from './hubs.ts';

/** Brings one part of a parcel to a hub; one that is not on this machine, as after a server took over, is sealed again first. */
export async function bringPart(
  parts: GatewayParts,
  { hub, about }: Readonly<{ hub: Hub; about: string }>,
  part: Parcel['parts'][number],
): Promise<void> {
  if (!parts.sealed.has(part.hash)) await sealAgain(parts, about);
  await hub.session.bring(parts.sealed, part);
}

/**
 * The files of a document whose letter its recipient has: a hub may have lost them, and who was brought back from an older
 * copy has no parcel to offer again. What is not here, or no hub takes now, its recipient says in the end.
 */
export async function bringAgain(
  parts: GatewayParts,
  { peer, about }: Readonly<{ peer: string; about: string }>,
): Promise<void> {
  try {
    const files = await sealAgain(parts, about);
    const known = parts.hubs.filter(({ members }) => members.has(peer));
    for (const { session } of known.length > 0 ? known : parts.hubs) {
      for (const part of files) await session.bring(parts.sealed, part);
    }
  } catch (error) {
    if (stopsEverything(error) || !(error instanceof AppError)) throw error;
    parts.say({ what: 'not brought again', about, code: error.code });
  }
}

async function sealAgain(
  { server, folder, sealed }: GatewayParts,
  consignmentId: string,
): Promise<readonly Part[]> {
  const document = await server.looking((look) => {
    const consignment = look(consignmentAggregate, consignmentId);
    return consignment === null ? null : look(documentAggregate, consignment.document);
  });
  if (document?.direction !== 'outgoing') return [];
  const files: Part[] = [];
  for (const [place, file] of filesToSend(document).entries()) {
    files.push(await sealPart(folder.blobs, sealed, { place, ...file, secret: folder.dataKey }));
  }
  return files;
}
