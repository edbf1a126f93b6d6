import { describe, expect, test } from 'vitest';
import type { Instant } from '#shared/kernel/public.ts';
import { tellMoment, tellSignature, type SignatureReport, type Telling } from '#shared/signing/public.ts';
import { speaker } from '../../support/sentences.ts';

const speech = speaker('vi');
const telling: Telling = {
  words: (key, values) => speech.t(key, { ...values }),
  moment: (at: Instant) => at.slice(0, 16).replace('T', ' '),
};

const certificate = {
  issuer: 'CA An Bình',
  organization: 'Sở Khoa học',
  serial: '01',
  validFrom: '2026-01-01T00:00:00.000Z' as Instant,
  validTo: '2029-01-01T00:00:00.000Z' as Instant,
};

function aSignature(change: Partial<SignatureReport> = {}): SignatureReport {
  return {
    field: 'leader',
    signer: 'Nguyễn Văn Minh',
    role: 'leader',
    level: 'B-B',
    signedAt: '2026-11-23T01:00:00.000Z',
    timestamp: null,
    timestampBy: null,
    provenAt: null,
    coversWholeFile: true,
    integrity: 'intact',
    trust: 'trusted',
    verdict: 'valid',
    reasons: [],
    indication: 'TOTAL-PASSED',
    subIndication: null,
    certificate,
    revision: 0,
    signedBytes: 1000,
    changesAfter: [],
    ...change,
  };
}
const seal = aSignature({
  field: 'seal',
  role: 'seal',
  signer: 'Sở Khoa học',
  revision: 2,
});
const tell = (change: Partial<SignatureReport>) =>
  tellSignature(aSignature(change), [aSignature(change), seal], telling);

describe('a signature is told', () => {
  test('by who signed and for which agency, the agency once where it signs itself', () => {
    expect(tell({}).who).toBe('Nguyễn Văn Minh ký, cho Sở Khoa học');
    expect(tell({ certificate: null }).who).toBe('Nguyễn Văn Minh ký');
    expect(tellSignature(seal, [seal], telling).who).toBe('Con dấu: Sở Khoa học');
    expect(tell({ role: 'timestamp', signer: 'TSA 1' }).who).toBe('Dấu thời gian của TSA 1');
    expect(tell({ role: 'something of others' }).who).toBe('Nguyễn Văn Minh ký, cho Sở Khoa học');
  });

  test('as proven by a stamp, or only as the signer’s own clock said', () => {
    expect(tell({ provenAt: '2026-11-23T01:00:05.000Z' }).when).toBe(
      'Được chứng minh đã có từ 2026-11-23 01:00 bằng dấu thời gian.',
    );
    expect(tell({}).when).toContain('chưa có dấu thời gian chứng minh');
    expect(tell({ signedAt: null }).when).toContain('không ghi thời điểm');
    expect(tell({ role: 'timestamp', timestamp: '2026-11-23T01:00:05.000Z' }).when).toContain(
      'mọi phần trước nó đã có từ 2026-11-23 01:00',
    );
    // A signer may write anything where the moment should stand.
    expect(tellMoment('D:20261399', telling)).toBe('D:20261399');
    expect(tellMoment(null, telling)).toBe('');
  });

  test('with what came after it, each thing once, other signatures by their names', () => {
    const filled = (field: string, text: string) => ({ kind: 'field-filled', field, text }) as const;
    const stamp = { kind: 'timestamp-added', field: 'stamp', text: null } as const;
    expect(tell({}).after).toBe('Sau đó không có gì thay đổi.');
    expect(
      tell({
        integrity: 'allowed-changes',
        changesAfter: [
          filled('number', '136'),
          filled('note', 'gấp'),
          { kind: 'signature-added', field: 'seal', text: null },
          { kind: 'signature-added', field: 'gone', text: null },
          stamp,
          stamp,
        ],
      }).after,
    ).toBe(
      'Sau đó: điền số 136; điền ô note: gấp; đóng dấu Sở Khoa học; thêm một chữ ký; thêm dấu thời gian.',
    );
  });

  test('as broken, whatever else came after', () => {
    const after = { kind: 'other-allowed', field: null, text: null } as const;
    expect(tell({ integrity: 'broken', changesAfter: [after] }).after).toBe(
      'Nội dung đã bị thay đổi sau khi ký',
    );
  });
});
