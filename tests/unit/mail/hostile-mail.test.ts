import { expect, test } from 'vitest';
import { AppError } from '#shared/kernel/public.ts';
import { readMail } from '#shared/node/mail/public.ts';

const pdf = '%PDF-1.7\n1 0 obj\n%%EOF';
const base64 = Buffer.from(pdf).toString('base64');

function read(text: string | Buffer) {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
  return readMail(bytes, 'thu.eml');
}

function refused(text: string | Buffer): string {
  try {
    read(text);
    return 'taken';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

function mixed(parts: readonly string[], boundary = 'b'): string {
  const head = `From: a@b.vn\r\nContent-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n`;
  return `${head}lời đầu\r\n${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\nlời cuối`;
}

function attached(fields: string, content = base64): string {
  return `${fields}\r\nContent-Transfer-Encoding: base64\r\n\r\n${content}`;
}

const named = (fields: string) => read(mixed([attached(fields)])).attachments.map(({ name }) => name);

test('names are read in every way they are written', () => {
  const typed = 'Content-Type: application/pdf;';
  expect([
    named(`${typed} name="=?utf-8?B?${Buffer.from('Công văn.pdf').toString('base64')}?="`),
    named(`${typed}\r\nContent-Disposition: attachment; filename*=UTF-8''C%C3%B4ng%20v%C4%83n.pdf`),
    named(
      `${typed}\r\nContent-Disposition: attachment;\r\n filename*1*=v%C4%83n.;\r\n filename*0*=utf-8''C%C3%B4ng%20;\r\n filename*2=pdf`,
    ),
    named(`${typed}\r\nContent-Disposition: attachment; filename="Công văn.pdf"`),
    named(`${typed}\r\nContent-Disposition: attachment; filename="a \\"b\\"; c.pdf" (lời; chú)`),
    named(`${typed}\r\nContent-Disposition: attachment; filename==?utf-8?Q?C=C3=B4ng_v=C4=83n.pdf?=`),
    named(`Content-Type: application/pdf`),
  ]).toEqual([
    ['Công văn.pdf'],
    ['Công văn.pdf'],
    ['Công văn.pdf'],
    ['Công văn.pdf'],
    ['a "b"; c.pdf'],
    ['Công văn.pdf'],
    [''],
  ]);
});

test('a subject cut inside a letter, in two words, is one subject', () => {
  const bytes = Buffer.from('Kế hoạch triển khai');
  const words = [bytes.subarray(0, 2), bytes.subarray(2)].map(
    (part) => `=?UTF-8?B?${part.toString('base64')}?=`,
  );
  expect(read(`From: x@y.vn\nSubject: ${words.join('\n ')}\n\nthân`).letter.subject).toBe(
    'Kế hoạch triển khai',
  );
  const old = Buffer.concat([
    Buffer.from('From: x@y.vn\nSubject: C'),
    Buffer.from([0xf4]),
    Buffer.from('ng\n\n'),
  ]);
  expect(read(old).letter.subject).toBe('Công');
});

test('what is forwarded whole comes with the head of the inner letter', () => {
  const inner = `From: =?utf-8?Q?S=E1=BB=9F_Y_t=E1=BA=BF?= <syt@anbinh.gov.vn>\r\nSubject: Trong\r\nDate: Mon, 23 Nov 2026 09:05:07 +0700 (ICT)\r\n${attached('Content-Type: application/pdf; name=trong.pdf')}`;
  const outer = mixed([
    `Content-Type: message/rfc822\r\n\r\n${inner}`,
    attached('Content-Type: application/pdf; name=ngoai.pdf'),
  ]);
  expect(
    read(outer).attachments.map(({ name, letter }) => [name, letter.sender, letter.subject, letter.sentAt]),
  ).toEqual([
    ['trong.pdf', 'Sở Y tế', 'Trong', '2026-11-23T02:05:07.000Z'],
    ['ngoai.pdf', '', '', null],
  ]);
});

test('parts within parts, quoted-printable and bodies: only what is attached is there, byte for byte', () => {
  const alternative =
    'Content-Type: multipart/alternative; boundary=b2\r\n\r\n--b2\r\n\r\nchữ\r\n--b2\r\nContent-Type: text/html\r\n\r\n<b>chữ</b>\r\n--b2--';
  const emblem = attached('Content-Type: image/png; name=logo.png\r\nContent-ID: <l>');
  const quoted =
    'Content-Type: application/octet-stream; name=a.bin\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nm=E1=BB=99t  \r\nhai=\r\n ba=ZZ';
  const found = read(
    mixed([alternative, emblem, quoted, attached('Content-Type: application/pdf')]),
  ).attachments;
  expect(found.map(({ bytes }) => Buffer.from(bytes).toString('utf8'))).toEqual(['một\r\nhai ba=ZZ', pdf]);
});

test('what is no letter, is cut off or is built to wear the reader out is refused by name', () => {
  const nest = (depth: number): string =>
    depth === 0
      ? 'x'
      : `Content-Type: multipart/mixed; boundary=n${depth}\r\n\r\n--n${depth}\r\n${nest(depth - 1)}\r\n--n${depth}--`;
  const letters = (depth: number): string =>
    depth === 0 ? 'x' : `Content-Type: message/rfc822\r\n\r\n${letters(depth - 1)}`;
  expect([
    refused('xin chào'),
    refused(''),
    refused('%PDF-1.7\n'),
    refused(Buffer.from('d0cf11e0a1b11ae1', 'hex')),
    refused(mixed([attached('Content-Type: application/pdf')]).slice(0, -30)),
    refused('From: a@b.vn\r\nContent-Type: multipart/mixed\r\n\r\n--\r\n\r\n----'),
    refused(`From: a@b.vn\r\n${nest(40)}`),
    refused(`From: a@b.vn\r\n${letters(40)}`),
    refused(mixed(Array.from({ length: 400 }, () => '\r\nx'))),
  ]).toEqual([
    'mail.not-mail',
    'mail.not-mail',
    'mail.not-mail',
    'mail.outlook',
    'mail.cut-off',
    'mail.cut-off',
    'mail.tangled',
    'mail.tangled',
    'mail.tangled',
  ]);
});

test('a boundary that begins like another, or stands inside a line, ends nothing', () => {
  const inner = `${attached('Content-Type: application/pdf; name=a.pdf')}\r\n--b2\r\nx --b\r\n`;
  expect(read(mixed([inner])).attachments).toHaveLength(1);
});

test.each([
  [
    'blanks in quoted-printable',
    `Content-Transfer-Encoding: quoted-printable\r\nContent-Type: application/x\r\n\r\n${' '.repeat(8_000_000)}x`,
  ],
  [
    'blanks in the sender',
    `X: 1\r\nDate: ${'('.repeat(200_000)}\r\nSubject: ${'=?a?b?'.repeat(30_000)}\r\n\r\n`,
  ],
  [
    'boundaries without end',
    `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n'.repeat(2_000_000)}`,
  ],
  ['quotes and comments', `Content-Type: x/y; ${'name="('.repeat(30_000)}\r\n\r\nx`],
  [
    'boundary marks in one line',
    `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b'.repeat(3_000_000)}`,
  ],
])('%s take no more time than their size', (_what, rest) => {
  const begun = performance.now();
  refused(`From: ${'" '.repeat(20_000)}\r\n${rest}`);
  expect(performance.now() - begun).toBeLessThan(5000);
});

test('any bytes and any cut give a letter or a refusal, never an error', () => {
  const whole = Buffer.from(
    mixed([attached('Content-Type: application/pdf; name*0*=utf-8%27%27a; name*1=b.pdf')]),
  );
  for (let cut = 0; cut < whole.length; cut += 1) {
    expect(refused(whole.subarray(0, cut))).toMatch(/^(?:taken|mail\..+)$/u);
  }
  for (let turn = 0; turn < 2000; turn += 1) {
    const bent = Buffer.from(whole);
    for (let hit = 0; hit < 6; hit += 1) {
      bent[(turn * 7919 + hit * 104_729) % bent.length] = (turn * 31 + hit * 17) % 256;
    }
    expect(refused(bent)).toMatch(/^(?:taken|mail\..+)$/u);
  }
});
