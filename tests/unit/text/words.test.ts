import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandsByName } from '#shared/commands.ts';
import {
  AuthoritySchema,
  isCallName,
  permissions,
  roles,
  whyNotCall,
  type CallName,
} from '#shared/directory/public.ts';
import {
  inboxReasons,
  incomingStates,
  outgoingStates,
  stepKinds,
  urgencies,
  whyNotIncoming,
  whyNotOutgoing,
} from '#shared/documents/public.ts';
import { VerdictSchema } from '#shared/kernel/public.ts';
import { SignatureReportSchema } from '#shared/signing/public.ts';
import { taskStates, whyNotTask } from '#shared/workflow/public.ts';
import { aPerson, aTask, anIncoming, anOutgoing } from '../../support/builders.ts';
import { catalogueOf, speaker, type Language } from '../../support/sentences.ts';

const root = join(import.meta.dirname, '../../..');
const languages: readonly Language[] = ['vi', 'en'];

/** NĐ 30 Đ7: the 29 kinds of papers; công văn and thư công have no abbreviation of their own. */
const kinds =
  'NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB CV TCg'.split(
    ' ',
  );

const acts = [...typesIn('shared/documents/acts.ts'), ...typesIn('shared/workflow/task.ts')];

const expected: readonly string[] = [
  ...incomingStates.map((state) => `state.incoming.${state}`),
  ...outgoingStates.map((state) => `state.outgoing.${state}`),
  ...taskStates.map((state) => `state.task.${state}`),
  ...roles.map((role) => `role.${role}`),
  ...urgencies.map((urgency) => `urgency.${urgency}`),
  ...kinds.map((kind) => `kind.${kind}`),
  ...stepKinds.map((kind) => `step.${kind}`),
  ...inboxReasons.map((why) => `inbox.why.${why}`),
  ...acts.map((type) => `act.${type}`),
  ...AuthoritySchema.options.map((authority) => `authority.${authority}`),
  ...VerdictSchema.options.map((verdict) => `verdict.${verdict}`),
  ...SignatureReportSchema.shape.integrity.options.map((word) => `integrity.${word}`),
  ...SignatureReportSchema.shape.trust.options.map((word) => `trust.${word}`),
  ...['repliesTo', 'repliedBy', 'duplicateOf'].map((relation) => `relation.${relation}`),
];

describe.each(languages)('the words of the office in %s', (language) => {
  const catalogue = catalogueOf(language);
  const { t } = speaker(language);

  test('there is one for every state, role, urgency, kind, step, act, verdict and relation', () => {
    expect(expected.filter((key) => catalogue[key] === undefined)).toEqual([]);
  });

  test('a refused state is named in words', () => {
    const refusals = [
      ...incomingStates.map((state) =>
        whyNotIncoming(anIncoming({ state }), state === 'arrived' ? 'reopen' : 'register'),
      ),
      ...outgoingStates.map((state) =>
        whyNotOutgoing(anOutgoing({ state }), state === 'signed' ? 'seal' : 'number'),
      ),
      ...taskStates.map((state) => whyNotTask(aTask({ state }), state === 'awaiting' ? 'accept' : 'approve')),
    ];
    for (const refusal of refusals) {
      if (refusal === null) throw new Error('Not refused');
      const sentence = t(`refusal.${refusal.code}`, refusal.params);
      expect(sentence).toContain(t(`state.${refusal.params['state']}`));
      expect(sentence).not.toMatch(/\{\{|\$t\(|state\./u);
    }
  });

  test('who may do it instead is named in words', () => {
    const refusals = (Object.keys(permissions) as CallName[]).flatMap((call) =>
      roles.map((role) => whyNotCall(call, aPerson({ roles: [role] }))).filter((refusal) => refusal !== null),
    );
    expect(refusals.length).toBeGreaterThan(100);
    for (const { code, params } of refusals) {
      expect(t(`refusal.${code}`, params)).not.toMatch(/\{\{|\$t\(|roles\./u);
    }
  });

  test('the story of a paper begins with who did it', () => {
    const sentences = Object.entries(catalogue).filter(
      ([key]) => acts.includes(key.split('.')[1] ?? '') && key.startsWith('act.'),
    );
    expect(sentences.filter(([, sentence]) => !sentence.startsWith('{{actor}} '))).toEqual([]);
  });
});

describe('the registers', () => {
  const { t } = speaker('vi');

  test('carry the words of NĐ 30 PL4, in their order', () => {
    const column = (key: string) => t(`register.column.${key}`);
    const arrivals = [
      'arrivedOn',
      'arrivalNumber',
      'author',
      'notation',
      'issuedOn',
      'kindAndSubject',
      'recipient',
      'forwardedOn',
      'receipt',
      'note',
    ];
    const issued = [
      'notation',
      'issuedOn',
      'kindAndContent',
      'signer',
      'recipients',
      'fileCopy',
      'copies',
      'forwardedOn',
      'receipt',
      'note',
    ];
    expect(arrivals.map(column).join(' · ')).toBe(
      'Ngày đến · Số đến · Tác giả · Số, ký hiệu văn bản · Ngày tháng văn bản · Tên loại và trích yếu · Đơn vị hoặc người nhận · Ngày chuyển · Ký nhận · Ghi chú',
    );
    expect(issued.map(column).join(' · ')).toBe(
      'Số, ký hiệu văn bản · Ngày tháng văn bản · Tên loại và trích yếu nội dung · Người ký · Nơi nhận văn bản · Đơn vị, người nhận bản lưu · Số lượng bản · Ngày chuyển · Ký nhận · Ghi chú',
    );
  });
});

test('every command is a call the table of permissions knows', () => {
  expect([...commandsByName.keys()].filter((name) => !isCallName(name))).toEqual([]);
});

function typesIn(path: string): string[] {
  const source = readFileSync(join(root, path), 'utf8');
  return [...source.matchAll(/ActOf<\s*'(?<type>\w+)'/gu)].map((match) => match.groups?.['type'] ?? '');
}
