import { z } from 'zod';
import {
  DocumentIdSchema,
  PersonIdSchema,
  dayOf,
  defineCommand,
  isRefusal,
  ref,
  refuse,
  yearOf,
  type Day,
  type PersonId,
  type States,
} from '../kernel/public.ts';
import { personAggregate } from '../directory/public.ts';
import { arrivalsBook, documentAggregate, registerAggregate, registerId } from './aggregates.ts';
import { LeasedSchema, type LeaseGuards } from './lease-model.ts';
import { numberFrom } from './leases.ts';
import { IncomingFieldsSchema, type IncomingFields, type OfficialDocument } from './model.ts';
import { whyNotClerk, whyNotIncoming } from './why-not.ts';

const BodySchema = z.object({
  documentId: DocumentIdSchema,
  fields: IncomingFieldsSchema,
  presentTo: PersonIdSchema,
  /** Why it is registered although its signature is wrong. */
  despite: z.string().trim().min(1).max(500).optional(),
  /** The number that this desk gives out of its block; without it the server gives the next one. */
  leased: LeasedSchema.optional(),
});

/** Only a test takes one of the guards away. */
export function registerIncomingUnder(guards: LeaseGuards) {
  return defineCommand({
    name: 'documents.registerIncoming',
    body: BodySchema,
    reads: ({ documentId, presentTo, leased }, ctx) => [
      ref('document', documentId),
      ref('person', presentTo),
      ref('register', registerId(arrivalsBook, leased?.year ?? yearOf(dayOf(ctx.recordedAt)))),
    ],
    decide: ({ body: { documentId, fields, presentTo, despite, leased }, states, ctx }) => {
      const document = states.of(documentAggregate, documentId);
      const not =
        whyNotClerk(states.of(personAggregate, ctx.actor)) ??
        whyNotIncoming(document, 'register') ??
        whyNotAsSigned(document, despite) ??
        whyNotPresentTo(states, presentTo);
      if (not !== null) return not;
      const year = leased?.year ?? yearOf(dayOf(ctx.recordedAt));
      const on = ref('register', registerId(arrivalsBook, year));
      const given = numberFrom(states.of(registerAggregate, on.id), leased, { ctx, guards });
      if (isRefusal(given)) return given;
      const { number } = given;
      const day = dayOf(given.at);
      if (isDatedAfter(day, fields)) return refuse('documents.dated-in-future');
      const lease = leased === undefined ? {} : { lease: leased.leaseId };
      return [
        {
          type: 'numberGiven',
          on,
          body: { book: arrivalsBook, year, number, document: documentId, ...lease },
        },
        {
          type: 'incomingRegistered',
          on: ref('document', documentId),
          body: {
            fields,
            arrival: { number, year, day, ...lease },
            presentTo,
            ...(despite === undefined ? {} : { despite }),
          },
        },
      ];
    },
  });
}

export function isDatedAfter(day: Day, { issuedOn }: IncomingFields): boolean {
  return issuedOn !== null && issuedOn > day;
}

/** NĐ 30 Đ21: a paper whose signature is wrong goes back to its sender, or in with a reason that stays. */
function whyNotAsSigned(document: OfficialDocument | null, despite: string | undefined) {
  const isWrong = document?.direction === 'incoming' && document.check?.verdict === 'invalid';
  return isWrong && despite === undefined ? refuse('documents.signature-invalid') : null;
}

function whyNotPresentTo(states: States, presentTo: PersonId) {
  const person = states.of(personAggregate, presentTo);
  if (person === null || !person.active) return refuse('directory.unknown-person');
  // NĐ 30 Đ23: it goes to the head, or to whom the head has charged with giving directions.
  const decides = person.roles.includes('leader') || person.roles.includes('chief');
  return decides ? null : refuse('documents.present-to-leader', { name: person.name });
}
