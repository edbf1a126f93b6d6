import { directoryCommands } from './directory/public.ts';
import {
  copyCommands,
  incomingCommands,
  issuingCommands,
  provingCommands,
  registerAggregate,
  documentAggregate,
} from './documents/public.ts';
import { agencyAggregate, delegationAggregate, personAggregate, unitAggregate } from './directory/public.ts';
import { dossierAggregate, dossierCommands, fileListAggregate, fileListCommands } from './dossiers/public.ts';
import { draftingCommands } from './drafting/public.ts';
import { authorityAggregate, authorityCommands, certificateAggregate } from './signing/public.ts';
import { deviceAggregate, deviceCommands, invitationAggregate } from './sync/public.ts';
import {
  consignmentAggregate,
  deliveryAggregate,
  deliveryCommands,
  dispatchCommands,
  ledgerCommands,
  peerAggregate,
  peerCommands,
  recallCommands,
} from './exchange/public.ts';
import type { Act, Aggregate, AggregateKind, CommandDefinition } from './kernel/public.ts';
import { circuitCommands, directionCommands, taskAggregate, taskCommands } from './workflow/public.ts';

const definitions: readonly CommandDefinition[] = [
  ...Object.values(directoryCommands),
  ...Object.values(deviceCommands),
  ...Object.values(incomingCommands),
  ...Object.values(issuingCommands),
  ...Object.values(copyCommands),
  ...Object.values(provingCommands),
  ...Object.values(draftingCommands),
  ...Object.values(authorityCommands),
  ...Object.values(circuitCommands),
  ...Object.values(directionCommands),
  ...Object.values(taskCommands),
  ...Object.values(fileListCommands),
  ...Object.values(dossierCommands),
  ...Object.values(peerCommands),
  ...Object.values(dispatchCommands),
  ...Object.values(ledgerCommands),
  ...Object.values(recallCommands),
  ...Object.values(deliveryCommands),
] as readonly CommandDefinition[];

/** Every command by its name, the same on a desk and on a server. */
export const commandsByName: ReadonlyMap<string, CommandDefinition> = new Map(
  definitions.map((definition) => [definition.name, definition]),
);

type AnyAggregate = Aggregate<unknown, Act>;

/** How every kind of aggregate folds. */
export const aggregates = {
  agency: agencyAggregate,
  unit: unitAggregate,
  person: personAggregate,
  delegation: delegationAggregate,
  register: registerAggregate,
  document: documentAggregate,
  task: taskAggregate,
  authority: authorityAggregate,
  certificate: certificateAggregate,
  invitation: invitationAggregate,
  device: deviceAggregate,
  peer: peerAggregate,
  consignment: consignmentAggregate,
  delivery: deliveryAggregate,
  fileList: fileListAggregate,
  dossier: dossierAggregate,
} as unknown as Readonly<Record<AggregateKind, AnyAggregate>>;
