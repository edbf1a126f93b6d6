import { expect, test } from 'vitest';
import { completeDraft, type Completing, type WorkingDraft } from '#shared/drafting/public.ts';
import { aPerson, aStep, anAgency, aUnit } from '../../support/builders.ts';

const letter = { code: 'CV', name: 'CÔNG VĂN', abbreviation: null };
const decision = { code: 'QĐ', name: 'QUYẾT ĐỊNH', abbreviation: 'QĐ' };
const head = aPerson({ name: 'Nguyễn Văn Minh', post: 'Giám đốc', rank: 'head' });
const deputy = aPerson({ name: 'Lê Quốc Bảo', post: 'Phó Giám đốc', rank: 'deputy' });

function complete(over: Partial<Completing> = {}, said: Partial<WorkingDraft> = {}) {
  const working: WorkingDraft = {
    kind: 'CV',
    template: 'cong-van',
    subject: 'báo cáo hạ tầng số',
    urgency: 'normal',
    dueOn: null,
    addressees: [],
    bases: [],
    body: { type: 'doc', content: [] },
    recipients: [],
    copies: 1,
    steps: [],
    ...said,
  };
  const agency = anAgency({ symbol: 'SKHCN', collective: null });
  const unit = aUnit({ symbol: 'CĐS' });
  return completeDraft({ working, kind: letter, agency, unit, signer: head, step: null, head, ...over });
}

test('a letter takes its symbol from agency and unit, a named paper from its type', () => {
  expect(complete().symbol).toBe('SKHCN-CĐS');
  expect(complete({ kind: decision }).symbol).toBe('QĐ-SKHCN');
});

test('whoever signs stands under the words of the right they sign by', () => {
  const lines = (authority: 'KT.' | 'TL.' | 'TUQ.' | 'Q.' | null, signer = deputy) =>
    complete({ signer, step: aStep({ authority }) }).signer.lines;
  expect(lines(null, head)).toEqual(['Giám đốc']);
  expect(lines('KT.')).toEqual(['KT. Giám đốc', 'Phó Giám đốc']);
  expect(lines('TL.')).toEqual(['TL. Giám đốc', 'Phó Giám đốc']);
  expect(lines('TUQ.')).toEqual(['TUQ. Giám đốc', 'Phó Giám đốc']);
  expect(lines('Q.', head)).toEqual(['Q. Giám đốc']);
});

test('where an agency decides together, its name stands first', () => {
  const agency = anAgency({ collective: 'ỦY BAN NHÂN DÂN' });
  const { lines } = complete({ agency, signer: deputy, step: aStep({ authority: 'KT.' }) }).signer;
  expect(lines).toEqual(['TM. ỦY BAN NHÂN DÂN', 'KT. Giám đốc', 'Phó Giám đốc']);
});

test('recipients named above are not named again, and the archive copy comes last', () => {
  const province = 'Ủy ban nhân dân tỉnh An Bình';
  const recipients = [province, 'Sở Tài chính'].map((name) => ({ name, kind: 'agency' as const }));
  expect(complete({}, { addressees: [province], recipients }).recipients).toEqual([
    'Như trên;',
    'Sở Tài chính;',
    'Lưu: VT, CĐS.',
  ]);
});

test('how far a paper may go is written as the decree writes it', () => {
  expect(complete().circulation).toBeNull();
  expect(complete({}, { circulation: 'internal' }).circulation).toBe('LƯU HÀNH NỘI BỘ');
  expect(complete({}, { circulation: 'return' }).circulation).toBe('XEM XONG TRẢ LẠI');
});
