import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openMessageReader, readMessage, writeMessage } from '#shared/node/edxml/public.ts';
import { anyMessage } from '../../support/edxml/arbitrary.ts';
import { aDocumentMessage, aStatusMessage, lenient, paper, written } from '../../support/edxml/messages.ts';

describe('a message that is written and read again', () => {
  test('says what it said, whatever that was, and brings the same bytes', () => {
    fc.assert(
      fc.property(anyMessage, ({ message, contents }) => {
        const bytes = written(message, contents);
        const came: Buffer[] = [];
        const { message: read, notes } = readMessage(bytes, {
          sinkFor: (index) => ({
            write: (piece) => {
              came[index] = Buffer.concat([came[index] ?? Buffer.alloc(0), piece]);
            },
            end: () => undefined,
          }),
        });
        expect(read).toEqual(message);
        expect(came.map((one) => [...one])).toEqual(contents.map((one) => [...one]));
        expect(notes.filter(({ code }) => code !== 'field-missing')).toEqual([]);
        expect(written(message, contents).equals(bytes)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('does not depend on where its bytes are cut on their way', () => {
    const bytes = written(aDocumentMessage());
    for (const length of [1, 2, 3, 7, 64, 1000]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / length) }, (_, index) =>
        bytes.subarray(index * length, (index + 1) * length),
      );
      expect(readPieces(pieces).message).toEqual(aDocumentMessage());
    }
  });

  test('keeps two attachments of the same bytes and the same name as two', () => {
    const [one] = aDocumentMessage().attachments;
    if (one === undefined) throw new Error('no attachment');
    const twice = aDocumentMessage({ attachments: [one, { ...one, contentId: 'cid:2' }] });
    expect(readMessage(written(twice, [paper, paper])).message).toEqual(twice);
  });
});

describe('what is not written', () => {
  test('bytes other than the message names', () => {
    const write = (): unknown => [...writeMessage(aDocumentMessage(), lenient, () => [Buffer.from('khác')])];
    expect(write).toThrow('exchange.content-differs');
  });

  test('letters XML has no way to carry', () => {
    const write = (): unknown => written(aDocumentMessage({ subject: 'chuông \u0007 kêu' }));
    expect(write).toThrow('exchange.unwritable-text');
  });

  test('a refusal without a reason', () => {
    expect(() => written(aStatusMessage({ status: '02' }))).toThrow('exchange.needs-reason');
    const refused = aStatusMessage({ status: '02', description: 'Gửi nhầm nơi nhận' });
    expect(readMessage(written(refused)).message).toEqual(refused);
  });
});

function readPieces(pieces: readonly Uint8Array[]): ReturnType<typeof readMessage> {
  const reader = openMessageReader();
  for (const piece of pieces) reader.write(piece);
  return reader.end();
}
