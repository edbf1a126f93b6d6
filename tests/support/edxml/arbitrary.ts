import * as fc from 'fast-check';
import {
  businessKinds,
  DocumentMessageSchema,
  StatusMessageSchema,
  statusCodes,
  type ExchangeMessage,
} from '#shared/exchange/public.ts';
import { attachmentOf } from './messages.ts';

/** Text as offices and their programs write it: Vietnamese, markup, quotes, line ends, letters of other scripts. */
const letters = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...Array.from('aăâbcdđeêghiklmnoôơpqrstuưvxyẤặỗừ 0123456789/.,-:;()“”')),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('&', '<', '>', '"', "'", ']]>', '<!--', '&amp;', '\r', '\n', '\t', '\r\n'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }).filter(isXmlText) },
);
const text = fc
  .array(letters, { minLength: 1, maxLength: 30 })
  .map((parts) => parts.join('').trim())
  // A line end of one sign before another becomes one line end for nobody but us; “null” is what programs write for nothing.
  .filter((value) => value !== '' && value !== 'null' && isXmlText(value));
const said = fc.option(text, { nil: null });

const code = fc.oneof(
  fc.constantFrom('000.00.00.G22', '002.00.20.H13', 'H41', 'H37.64.33', 'Z01ABC', '0301234567'),
  fc
    .tuple(fc.integer({ min: 0, max: 999 }), fc.constantFrom('H', 'G', 'A'))
    .map(([unit, level]) => `${String(unit).padStart(3, '0')}.00.20.${level}13`),
);
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const instant = fc
  .date({ min: new Date('1990-01-02'), max: new Date('2099-12-30'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}.000Z`);
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(value, { nil: null });
const count = maybe(fc.nat(100_000));

const party = fc.record({
  code,
  inCharge: said,
  name: said,
  address: said,
  email: said,
  telephone: said,
  fax: said,
  website: said,
});
const staff = maybe(
  fc
    .record({ department: said, departmentCode: said, name: said, nameCode: said, email: said, mobile: said })
    .filter((one) => Object.values(one).some((value) => value !== null)),
);
const reference = fc
  .record({ agency: maybe(code), notation: said, on: maybe(day), documentId: said })
  .filter((one) => Object.values(one).some((value) => value !== null));

const business = fc
  .record({
    kind: fc.constantFrom(...businessKinds),
    common: fc.record({ documentId: said, reason: said, paper: maybe(fc.boolean()), staff }),
    update: fc.record({
      documentInfo: said,
      documentReceiver: said,
      receivers: fc.array(fc.record({ code, receiverType: said }), { maxLength: 3 }),
    }),
    replaces: fc.array(fc.record({ documentId: text, agencies: fc.array(code, { maxLength: 3 }) }), {
      maxLength: 3,
    }),
  })
  .map(({ kind, common, update, replaces }) => ({
    kind,
    ...common,
    ...(kind === 'update' ? update : {}),
    ...(kind === 'replacement' ? { replaces } : {}),
  }));

const contents = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 4 });
const named = fc.record({ name: text, description: said, contentType: said });

const document = fc
  .record({
    header: fc.record({
      business,
      from: party,
      to: fc.array(party, { maxLength: 3 }),
      documentId: text,
      number: said,
      symbol: said,
      place: said,
      issuedOn: maybe(day),
      type: fc.record({ code: said, detail: said, name: said }),
      subject: said,
      content: said,
      signer: fc.record({ competence: said, position: said, name: said }),
      dueOn: maybe(day),
      priority: said,
      sphere: said,
      typist: said,
      copies: count,
      pages: count,
      direction: maybe(fc.boolean()),
      appendixes: fc.array(text, { maxLength: 3 }),
      answers: fc.array(reference, { maxLength: 3 }),
      steeringType: said,
      toPlaces: fc.array(text, { maxLength: 3 }),
      trace: fc.array(fc.record({ code: maybe(code), at: maybe(instant) }), { maxLength: 3 }),
    }),
    contents,
    names: fc.array(named, { minLength: 4, maxLength: 4 }),
  })
  .map(({ header, contents: bytes, names }) => ({
    message: DocumentMessageSchema.parse({
      kind: 'document',
      ...header,
      attachments: bytes.map((one, index) =>
        attachmentOf(one, { contentId: `cid:${index}`, ...names[index] }),
      ),
    }),
    contents: bytes,
  }));

const status = fc
  .record({
    from: party,
    to: fc.array(party, { maxLength: 2 }),
    about: reference.filter(({ documentId, notation }) => documentId !== null || notation !== null),
    staff,
    status: fc.constantFrom(...statusCodes),
    description: text,
    at: maybe(instant),
  })
  .map((given) => ({ message: StatusMessageSchema.parse({ kind: 'status', ...given }), contents: [] }));

/** Any message that may be said, with the bytes of its attachments. */
export const anyMessage: fc.Arbitrary<
  Readonly<{ message: ExchangeMessage; contents: readonly Uint8Array[] }>
> = fc.oneof(document, status);

function isXmlText(value: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  return !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.test(value);
}
