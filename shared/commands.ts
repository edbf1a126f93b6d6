import { accessCommands, accessLogAggregate, stampsAggregate } from './access/public.ts';
import { readingAggregate, readingCommands } from './reading/public.ts';
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
import {
  disposalAggregate,
  disposalCommands,
  dossierAggregate,
  dossierCommands,
  fileListAggregate,
  fileListCommands,
  lockAggregate,
  lockCommands,
  retentionAggregate,
  retentionCommands,
  handOverAggregate,
  handOverCommands,
} from './dossiers/public.ts';
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
import {
  agendaItemAggregate,
  bodyCommands,
  boxCommands,
  itemCommands,
  meetingAggregate,
  meetingBodyAggregate,
  meetingCommands,
  excerptCommands,
  noteCommands,
  paperCommands,
  proposalAggregate,
  proposalCommands,
  sittingCommands,
  voteAggregate,
  voteCommands,
} from './meetings/public.ts';
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
  ...Object.values(lockCommands),
  ...Object.values(retentionCommands),
  ...Object.values(disposalCommands),
  ...Object.values(handOverCommands),
  ...Object.values(bodyCommands),
  ...Object.values(meetingCommands),
  ...Object.values(paperCommands),
  ...Object.values(excerptCommands),
  ...Object.values(noteCommands),
  ...Object.values(proposalCommands),
  ...Object.values(sittingCommands),
  ...Object.values(itemCommands),
  ...Object.values(voteCommands),
  ...Object.values(boxCommands),
  ...Object.values(peerCommands),
  ...Object.values(dispatchCommands),
  ...Object.values(ledgerCommands),
  ...Object.values(recallCommands),
  ...Object.values(deliveryCommands),
  ...Object.values(accessCommands),
  ...Object.values(readingCommands),
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
  lock: lockAggregate,
  retention: retentionAggregate,
  disposal: disposalAggregate,
  handOver: handOverAggregate,
  accessLog: accessLogAggregate,
  stamps: stampsAggregate,
  reading: readingAggregate,
  meetingBody: meetingBodyAggregate,
  meeting: meetingAggregate,
  agendaItem: agendaItemAggregate,
  proposal: proposalAggregate,
  vote: voteAggregate,
} as unknown as Readonly<Record<AggregateKind, AnyAggregate>>;
