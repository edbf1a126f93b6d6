import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { instantFrom } from '#shared/kernel/public.ts';
import {
  isMailAddress,
  mailAddressIn,
  readMail,
  withoutFiles,
  writeMail,
  type Letter,
} from '#shared/node/mail/public.ts';

const pdf = new TextEncoder().encode('%PDF-1.7\nnội dung đã đóng dấu\n%%EOF\n');
const letter: Letter = {
  from: { name: 'Sở Khoa học và Công nghệ tỉnh An Bình', address: 'vanthu@skhcn.anbinh.gov.vn' },
  to: [
    { name: 'Ủy ban nhân dân xã Tân An', address: 'ubnd@tanan.gov.vn' },
    { name: 'Công ty "Hòa, Bình"', address: 'info@hoabinh.vn' },
  ],
  subject:
    'Công văn số 12/SKHCN-VP ngày 23/11/2026 về việc triển khai chuyển đổi số trên địa bàn các xã, phường',
  text: 'Kính gửi quý cơ quan.\nVăn bản và phụ lục kèm theo.',
  sentAt: instantFrom(Date.UTC(2026, 10, 23, 2, 5, 7)),
  id: '01900000-0000-7000-8000-000000000001',
  attachments: [
    { name: '12-SKHCN-VP.pdf', type: 'application/pdf', bytes: pdf },
    {
      name: 'Phụ lục số liệu “đã rà soát” của các xã, phường, đặc khu (bản cuối).xlsx',
      type: 'không biết\r\nX-Evil: 1',
      bytes: new Uint8Array(5000).map((_none, at) => at % 256),
    },
  ],
};

test('a letter that is written is read back whole', () => {
  const { attachments, letter: head } = readMail(writeMail(letter), 'thu.eml');
  expect(head).toEqual({
    sender: letter.from.name,
    address: letter.from.address,
    subject: letter.subject,
    sentAt: letter.sentAt,
  });
  expect(attachments.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('hex')])).toEqual(
    letter.attachments.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('hex')]),
  );
});

test('no line is long, no letter is beyond ASCII, and the same letter makes the same bytes', () => {
  const bytes = writeMail(letter);
  const lines = Buffer.from(bytes).toString('latin1').split('\r\n');
  expect(lines.filter((line) => line.length > 78)).toEqual([]);
  expect(bytes.every((byte) => byte < 128)).toBe(true);
  expect(Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
  expect(Buffer.from(writeMail(letter)).equals(Buffer.from(bytes))).toBe(true);
  expect(lines.filter((line) => line.startsWith('X-Evil'))).toEqual([]);
});

test('no value smuggles a line into the head, and no mailbox is made up', () => {
  const subject = 'Gấp\r\nBcc: ai-do@example.com\r\n\r\nthân thư';
  const sneaky = writeMail({ ...letter, subject, to: [], id: 'x\r\nBcc: y' });
  const text = Buffer.from(sneaky).toString('latin1');
  expect(text.split('\r\n').filter((line) => /^(?:bcc|to):/iu.test(line))).toEqual([]);
  expect(readMail(sneaky, 'thu.eml').letter.subject).toBe('Gấp Bcc: ai-do@example.com thân thư');
  const bad = { name: 'Ai', address: 'a@b.vn>\r\nBcc: c@d.vn' };
  expect(() => writeMail({ ...letter, to: [bad] })).toThrow('Not a mailbox');
});

test('another reader of letters finds the same in it', () => {
  const script = `
import email, email.policy, hashlib, json, sys
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
print(json.dumps({
  'subject': str(m['subject']), 'date': m['date'].datetime.isoformat(),
  'to': [[a.display_name, a.addr_spec] for a in m['to'].addresses],
  'defects': [type(d).__name__ for p in m.walk() for d in p.defects],
  'text': m.get_body().get_content(),
  'files': [[a.get_filename(), hashlib.sha256(a.get_payload(decode=True)).hexdigest()] for a in m.iter_attachments()],
}))`;
  const told: unknown = JSON.parse(
    execFileSync('python3', ['-c', script], { input: writeMail(letter), encoding: 'utf8' }),
  );
  expect(told).toMatchObject({
    subject: letter.subject,
    date: '2026-11-23T09:05:07+07:00',
    to: letter.to.map(({ name, address }) => [name, address]),
    defects: [],
    files: letter.attachments.map(({ name }) => [name, expect.any(String)]),
  });
});

test('an address is found in what people wrote down, and nothing else is one', () => {
  expect(mailAddressIn('ĐT: 0263 382 1234; thư: Vanthu@anbinh.gov.vn (giờ hành chính)')).toBe(
    'Vanthu@anbinh.gov.vn',
  );
  expect(mailAddressIn('ĐT: 0263 382 1234')).toBeNull();
  expect(mailAddressIn(null)).toBeNull();
  expect(['a@b.vn', 'a b@c.vn', 'a@b', '@b.vn', 'a@b.vn\r\nx', 'a@-b.vn'].map(isMailAddress)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('a file is taken out of a letter wherever it stands, and nothing is where it cannot be found', () => {
  const big = Buffer.from('%PDF-1.7\n'.padEnd(3000, '$&$1'));
  const bytes = writeMail({
    ...letter,
    attachments: [...letter.attachments, { name: 'to.pdf', type: 'application/pdf', bytes: big }],
  });
  const { attachments } = readMail(bytes, 'thu.eml');
  const [own, table, gone] = attachments;
  if (own === undefined || gone === undefined) throw new Error('They were written');
  const left = withoutFiles(bytes, [gone]);
  const after = readMail(left ?? new Uint8Array(), 'thu.eml').attachments;
  expect(after.slice(0, 2)).toEqual([own, table]);
  const hash = createHash('sha256').update(big).digest('hex');
  expect(Buffer.from(after[2]?.bytes ?? []).toString()).toBe(`sha-256 ${hash}, 3000 bytes`);
  expect(withoutFiles(bytes, [])).toEqual(Buffer.from(bytes));
  expect(withoutFiles(bytes, [{ ...gone, body: gone.body.replaceAll('\r\n', '\n') }])).toBeNull();
  expect(withoutFiles(bytes, [{ ...gone, body: 'JVBER' }])).toBeNull();
});
