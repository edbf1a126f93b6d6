import { agencyAggregate, personAggregate } from '#shared/directory/public.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import { consignmentAggregate, letterOf } from '#shared/exchange/public.ts';
import { nameOfKind } from '#shared/node/edxml/public.ts';
import type { GatewayParts } from './gateway-parts.ts';

/** What goes to one agency, with what is said of it, as it stands in the log at one moment. */
export function paperOf({ server, folder }: Pick<GatewayParts, 'server' | 'folder'>, consignmentId: string) {
  return server.looking((look) => {
    const consignment = look(consignmentAggregate, consignmentId);
    const document = consignment === null ? null : look(documentAggregate, consignment.document);
    const agency = look(agencyAggregate, folder.file.agencyId);
    if (consignment === null || agency === null || document?.direction !== 'outgoing') return null;
    const { kind: code } = document.summary;
    const kind = { code, name: nameOfKind(code) ?? code };
    const person = (id: string) => look(personAggregate, id);
    return {
      consignment,
      document,
      kind,
      letter: letterOf(document, { agency, kindName: kind.name, person }),
    };
  });
}
