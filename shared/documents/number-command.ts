import { z } from 'zod';
import {
  DaySchema,
  DocumentIdSchema,
  dayOf,
  defineCommand,
  isRefusal,
  ref,
  refuse,
  yearOf,
} from '../kernel/public.ts';
import { agencyAggregate, personAggregate } from '../directory/public.ts';
import { documentAggregate, registerAggregate, registerId } from './aggregates.ts';
import { bookFor } from './books.ts';
import { isIssueDayAllowed } from './deadlines.ts';
import { LeasedSchema, type LeaseGuards } from './lease-model.ts';
import { numberFrom } from './leases.ts';
import { notationOf } from './notation.ts';
import { asOutgoing, whyNotClerk, whyNotOutgoing } from './why-not.ts';

const BodySchema = z.object({
  documentId: DocumentIdSchema,
  book: z.string().max(30),
  issuedOn: DaySchema,
  /** The number that this desk gives out of its block; without it the server gives the next one. */
  leased: LeasedSchema.optional(),
});

/** Only a test takes one of the guards away. */
export function numberUnder(guards: LeaseGuards) {
  return defineCommand({
    name: 'documents.number',
    // A number out of a block is nobody else's to give: its desk need not ask.
    byServer: ({ leased }) => leased === undefined,
    body: BodySchema,
    reads: ({ documentId, book, leased }, ctx) => [
      ref('document', documentId),
      ref('agency', ctx.agencyId),
      ref('register', registerId(book, leased?.year ?? yearOf(dayOf(ctx.recordedAt)))),
    ],
    decide: ({ body: { documentId, book, issuedOn, leased }, states, ctx }) => {
      const found = states.of(documentAggregate, documentId);
      const not = whyNotClerk(states.of(personAggregate, ctx.actor)) ?? whyNotOutgoing(found, 'number');
      if (not !== null) return not;
      const document = asOutgoing(found);
      const agency = states.of(agencyAggregate, ctx.agencyId);
      if (agency === null || bookFor(agency, document.summary.kind) !== book) {
        return refuse('documents.wrong-book');
      }
      const year = leased?.year ?? yearOf(dayOf(ctx.recordedAt));
      const on = ref('register', registerId(book, year));
      const given = numberFrom(states.of(registerAggregate, on.id), leased, { ctx, guards });
      if (isRefusal(given)) return given;
      const { number, at } = given;
      const moments = { signedAt: document.signedAt ?? at, at };
      const isOfYear = yearOf(issuedOn) === year;
      if (!isOfYear || !isIssueDayAllowed(issuedOn, moments, ctx.calendar)) {
        return refuse('documents.issue-day');
      }
      const notation = notationOf(number, document.summary.symbol);
      const lease = leased === undefined ? {} : { lease: leased.leaseId };
      return [
        { type: 'numberGiven', on, body: { book, year, number, document: documentId, ...lease } },
        {
          type: 'documentNumbered',
          on: ref('document', documentId),
          body: { book, number, year, notation, issuedOn, ...lease },
        },
      ];
    },
  });
}
