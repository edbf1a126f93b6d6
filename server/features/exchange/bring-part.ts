import { documentAggregate } from '#shared/documents/public.ts';
import { consignmentAggregate, filesToSend, type Parcel } from '#shared/exchange/public.ts';
import { sealPart } from '#shared/node/exchange/public.ts';
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

async function sealAgain({ server, folder, sealed }: GatewayParts, consignmentId: string): Promise<void> {
  const document = await server.looking((look) => {
    const consignment = look(consignmentAggregate, consignmentId);
    return consignment === null ? null : look(documentAggregate, consignment.document);
  });
  if (document?.direction !== 'outgoing') return;
  for (const [place, file] of filesToSend(document).entries()) {
    await sealPart(folder.blobs, sealed, { place, ...file, secret: folder.dataKey });
  }
}
