import { documentAggregate } from '#shared/documents/public.ts';
import { consignmentAggregate, filesToSend, type Parcel } from '#shared/exchange/public.ts';
import { sealPart, type Due } from '#shared/node/exchange/public.ts';
import type { GatewayParts } from './gateway-parts.ts';
import type { HubSession } from './hub-session.ts';

/** Brings one part of a parcel to the hub; one that is not on this machine, as after a server took over, is sealed again first. */
export async function bringPart(
  parts: GatewayParts,
  { about }: Pick<Due, 'about'>,
  { part, to }: Readonly<{ part: Parcel['parts'][number]; to: Pick<HubSession, 'bring'> }>,
): Promise<void> {
  if (!parts.sealed.has(part.hash)) await sealAgain(parts, about);
  await to.bring(parts.sealed, part);
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
