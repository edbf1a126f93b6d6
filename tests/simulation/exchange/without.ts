import { commandsByName } from '#shared/commands.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import { deliveryAggregate, type ExchangeGuards } from '#shared/exchange/public.ts';
import { isRefusal, refuse, type Act, type CommandDefinition, type States } from '#shared/kernel/public.ts';
import type { GatewayStore } from '#shared/node/exchange/public.ts';
import type { Decided } from '#shared/node/sequencer/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';

/** The rules of the office as a server applies them that has only these guards. */
export function commandsWithout(
  guards: ExchangeGuards,
  newId: () => string,
): ReadonlyMap<string, CommandDefinition> {
  const commands = new Map(commandsByName);
  const take = commands.get('exchange.takeDelivery');
  const recall = commands.get('exchange.takeRecall');
  if (take === undefined || recall === undefined) throw new Error('There is no such command');
  if (!guards['dedupe-envelopes']) commands.set(take.name, takesAgain(take, newId));
  if (!guards['recall-waits']) commands.set(recall.name, refusesEarly(recall));
  return commands;
}

/** Whatever comes is a document, whether it was here before or not. */
function takesAgain(take: CommandDefinition, newId: () => string): CommandDefinition {
  return {
    ...take,
    decide: (asked) => {
      const first = take.decide(asked);
      if (!isRefusal(first) || first.code !== 'exchange.taken-already') return first;
      const states: States = {
        of: (aggregate, id) =>
          aggregate.kind === deliveryAggregate.kind || aggregate.kind === documentAggregate.kind
            ? null
            : asked.states.of(aggregate, id),
      };
      const again = take.decide({ ...asked, states });
      if (isRefusal(again)) return again;
      return again
        .filter(({ on }) => on.kind === 'document')
        .map((act): Act => ({ ...act, on: { kind: 'document', id: newId() } }));
    },
  };
}

/** A recall of what has not come yet is for nothing that is known. */
function refusesEarly(recall: CommandDefinition): CommandDefinition {
  return {
    ...recall,
    decide: (asked) => {
      const acts = recall.decide(asked);
      if (isRefusal(acts)) return acts;
      const isKnown = acts.every(({ on }) => asked.states.of(deliveryAggregate, on.id) !== null);
      return isKnown ? acts : refuse('exchange.unknown-delivery');
    },
  };
}

/** What a decision owes, written with it; or, taken away, when it has been answered for. */
export function owingLate(guards: ExchangeGuards, note: (decided: Decided) => void) {
  let late: Decided[] = [];
  return {
    also: (decided: Decided) => {
      if (guards['one-commit']) note(decided);
      else late.push(decided);
    },
    after: () => {
      const owed = late;
      late = [];
      for (const one of owed) note(one);
    },
  };
}

type At = Readonly<{ db: WriteDb; nowMs: () => number }>;

/** A gateway's store as it would be with these guards alone. */
export function storeWithout(guards: ExchangeGuards, store: GatewayStore, { db, nowMs }: At): GatewayStore {
  const unsealed = db.prepare(
    `UPDATE ix_outbox SET sealed = 0, next_at = @next, body = json_set(body, '$.created', @created)
     WHERE what = 'envelope' AND about = @id`,
  );
  const forget = db.prepare("DELETE FROM ix_parcel WHERE id = ? AND what = 'envelope'");
  return {
    ...store,
    ...(guards['same-bytes']
      ? {}
      : {
          /** What is offered again is made again. */
          handed: (rows, at) => {
            store.handed(rows, at);
            const created = new Date(nowMs()).toISOString();
            for (const { id, awaitsReceipt } of rows) {
              if (!awaitsReceipt) continue;
              unsealed.run({ id, next: at.nextMs, created });
              forget.run(id);
            }
          },
        }),
    ...(guards['offer-again']
      ? {}
      : {
          handed: (rows, at) => {
            store.handed(
              rows.map(({ id }) => ({ id, awaitsReceipt: false })),
              at,
            );
          },
        }),
    ...(guards.series
      ? {}
      : {
          heard: (peer, _highest, answered) => {
            store.heard(peer, 0, answered);
          },
        }),
    ...(guards['receipts-again'] ? {} : { replay: () => undefined }),
    ...(guards['hand-all'] ? {} : { handAllAgain: () => undefined }),
  };
}
