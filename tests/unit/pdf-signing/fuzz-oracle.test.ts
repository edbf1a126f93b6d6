import { beforeAll, describe, expect, test } from 'vitest';
import { fillTextFields, signField } from '#shared/node/pdf-signing/public.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { faultOf, judge, soundPdf, type SoundPdf } from '../../support/fuzz/pdf-oracle.ts';
import { signedAt, signingOffice } from '../../support/signing-office.ts';

let sound: SoundPdf;
let bytes: Buffer;
beforeAll(async () => {
  const office = signingOffice();
  const order = { pdf: fieldedPdf(), field: 'leader', key: office.leader.key, signedAt, signerName: 'An' };
  const signed = await signField(order);
  bytes = Buffer.from(fillTextFields({ pdf: signed, values: { number: '136' } }));
  const trust = [office.ca.certificateDer];
  sound = soundPdf({ kind: 'pdf', name: 'filled', bytes, trust, at: signedAt });
});

/** What would be said of a verifier that calls these bytes what it called the sound ones. */
function saidOf(changed: Buffer): string | null {
  return faultOf(changed, judge(bytes, sound.subject), [sound]);
}

function changedAt(text: string, by: string): Buffer {
  const changed = Buffer.from(bytes);
  const at = changed.lastIndexOf(text);
  expect(at).toBeGreaterThan(0);
  changed.write(by, at, 'latin1');
  return changed;
}

describe('a verifier that would call everything sound', () => {
  test('is caught when a signed byte is another one', () => {
    expect(saidOf(changedAt('/MediaBox [0 0 595', '/MediaBox [0 0 596'))).toContain('over other bytes');
  });

  test('is caught when the number that was filled in afterwards is another one', () => {
    expect(saidOf(changedAt('/V <313336>', '/V <313337>'))).toContain('means something else');
    expect(saidOf(changedAt('<001400160019>', '<001400160018>'))).toContain('means something else');
  });

  test('is caught when the signature itself is another one', () => {
    const [start = 0] = sound.zones[0]?.gap ?? [];
    const changed = Buffer.from(bytes);
    // The last byte of the structure is the signature's; four bytes say how long the rest is.
    const length = Number.parseInt(changed.toString('latin1', start + 5, start + 9), 16);
    const at = start + 1 + (4 + length) * 2 - 1;
    changed.write(changed.toString('latin1', at, at + 1) === '7' ? '8' : '7', at, 'latin1');
    expect(saidOf(changed)).not.toBeNull();
  });

  test('is left alone where nothing was changed that anybody signed or is shown', () => {
    expect(saidOf(bytes)).toBeNull();
    const [start = 0, next = 0] = sound.zones[0]?.gap ?? [];
    const capitals = Buffer.from(bytes);
    capitals.write(bytes.toString('latin1', start, next).toUpperCase(), start, 'latin1');
    expect(saidOf(capitals)).toBeNull();
  });

  test('is caught when it says more than before: another signer, or a moment nobody proved', () => {
    const report = judge(bytes, sound.subject);
    const [one] = report.signatures;
    if (one === undefined) throw new Error('no signature');
    const say = (change: Partial<typeof one>) =>
      faultOf(bytes, { ...report, signatures: [{ ...one, ...change }] }, [sound]);
    expect(say({})).toBeNull();
    expect(say({ signer: 'Người khác' })).not.toBeNull();
    expect(say({ timestamp: signedAt })).not.toBeNull();
  });
});
