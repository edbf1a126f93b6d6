import { documentAggregate, type OfficialDocument } from '#shared/documents/public.ts';
import {
  AppError,
  CommandIdSchema,
  DocumentIdSchema,
  instantFrom,
  type Command,
  type CommandId,
  type DocumentId,
  type Refusal,
  type Reply,
} from '#shared/kernel/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { differences, type RefusedCommand, type Standing, type TwoVersions } from '#shared/sync/public.ts';
import type { Signed } from '../../host/context.ts';
import { ask } from '../../host/run-command.ts';
import { countFiles } from '../../store/files-between.ts';
import { forgetRepaired, repairedOf } from '../../store/repair/repair.ts';
import { readState } from '../../store/read-state.ts';
import { countDeferred } from '../../store/replica.ts';
import { kindsWaiting, lastOnPaper } from '../../store/whereabouts.ts';
import type { Shared } from '../../sync/shared-desk.ts';

export function mustBeShared({ open }: Signed): Shared {
  if (open.shared === null) throw new AppError('sync.no-server');
  return open.shared;
}

export function standingOf({ open }: Signed): Standing | null {
  const { shared, desk } = open;
  if (shared === null) return null;
  const state = shared.link.state();
  const { at, fault } = shared.heard();
  return {
    host: new URL(shared.server.url).host,
    state: shared.isPaused() ? 'paused' : state.kind,
    because: state.kind === 'stopped' ? state.because : null,
    since: state.kind === 'away' ? instantFrom(state.sinceMs) : null,
    heardAt: at,
    fault: fault instanceof AppError ? fault.code : fault === null ? null : 'sync.server-fault',
    ...shared.joined.owed(),
    left: shared.link.left(),
    ofLeft: shared.link.ofLeft(),
    kinds: kindsWaiting(desk.db),
    ...countFiles(desk.db),
    deferred: countDeferred(desk.db),
    repaired: repairedOf(desk.db),
  };
}

/** What the server refused, newest first, with the paper it was about. */
export function refusedOf(signed: Signed): RefusedCommand[] {
  const { db } = signed.open.desk;
  const refused = signed.open.shared?.joined.refused() ?? [];
  return refused.toReversed().map(({ command, entry }) => {
    if (entry.refusal === null) throw new Error('What was not refused stands among the refused');
    const document = documentIn(command);
    const paper = document === null ? null : readState(db, documentAggregate, document);
    return {
      commandId: command.id,
      name: command.name,
      body: command.body,
      document: paper === null ? null : paper.id,
      subject: paper === null ? null : subjectOf(paper),
      claimedAt: command.claimedAt,
      refusedAt: entry.recordedAt,
      refusal: entry.refusal,
      restsOn: restsOnOf(entry.refusal),
      versions: versionsOf(db, command, paper),
    };
  });
}

/** How the paper stands now, beside what the command wanted of it. */
function versionsOf(db: ReadDb, command: Command, paper: OfficialDocument | null): TwoVersions {
  const entry = paper === null ? null : lastOnPaper(db, paper.id);
  return {
    state: paper === null ? null : `${paper.direction}.${paper.state}`,
    last:
      entry === null
        ? null
        : {
            commandId: entry.command.id,
            by: entry.command.actor,
            name: entry.command.name,
            at: entry.recordedAt,
          },
    fields: differences(command.body, paper),
  };
}

function restsOnOf({ code, params }: Refusal): CommandId | null {
  if (code !== 'sync.rests-on-refused') return null;
  return CommandIdSchema.safeParse(params['on']).data ?? null;
}

type Again = Readonly<{ commandId: CommandId; refused: CommandId }>;

/** Gives the same command anew; when the rules take it, the refused one is settled. */
export async function doAgain(signed: Signed, { commandId, refused }: Again): Promise<Reply> {
  const { joined } = mustBeShared(signed);
  const one = joined.refused().find(({ command }) => command.id === refused);
  if (one === undefined) throw new AppError('sync.not-refused');
  const reply = await ask(signed, one.command.name, { commandId, body: withoutNumber(one.command.body) });
  if (reply.ok) joined.settle(refused);
  return reply;
}

/** Which number it gets is asked anew: the one it named may be void by now. */
function withoutNumber(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'leased' in body
    ? { ...body, leased: undefined }
    : body;
}

export function knowRepaired({ open }: Signed): void {
  forgetRepaired(open.desk.db);
}

export function giveUp(signed: Signed, refused: CommandId): void {
  mustBeShared(signed).joined.settle(refused);
}

function documentIn({ body }: Command): DocumentId | null {
  if (typeof body !== 'object' || body === null || !('documentId' in body)) return null;
  return DocumentIdSchema.safeParse(body.documentId).data ?? null;
}

function subjectOf(paper: OfficialDocument): string {
  if (paper.direction === 'outgoing') return paper.summary.subject;
  return paper.fields?.subject ?? paper.suggestion?.fields.subject ?? paper.file?.name ?? '';
}
