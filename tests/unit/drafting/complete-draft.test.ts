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

test('co-signers stand in their own blocks; where several agencies sign, each is named with its post', () => {
  const agency = anAgency({ name: 'Sở Khoa học và Công nghệ', symbol: 'SKHCN', collective: null });
  const here = {
    kind: 'here',
    as: '',
    signer: deputy,
    step: aStep({ authority: 'KT.', block: 2 }),
    head,
  } as const;
  const elsewhere = {
    kind: 'elsewhere',
    agency: 'Sở Tài chính',
    symbol: 'STC',
    authority: null,
    of: '',
    post: 'Giám đốc',
    name: 'Phạm Văn Hòa',
  } as const;
  const alone = complete({ agency, kind: decision, coSigners: [here] });
  expect(alone.coSigners).toEqual([
    { authority: 'KT.', lines: ['KT. Giám đốc', 'Phó Giám đốc'], name: 'Lê Quốc Bảo' },
  ]);
  expect([alone.signer.lines, alone.symbol, alone.jointAgencies]).toEqual([['Giám đốc'], 'QĐ-SKHCN', []]);
  const joint = complete({ agency, kind: decision, coSigners: [here, elsewhere] });
  expect(joint.signer.lines).toEqual(['Giám đốc', 'Sở Khoa học và Công nghệ']);
  expect(joint.coSigners.map(({ lines }) => lines)).toEqual([
    ['KT. Giám đốc', 'Sở Khoa học và Công nghệ', 'Phó Giám đốc'],
    ['Giám đốc', 'Sở Tài chính'],
  ]);
  expect([joint.symbol, joint.jointAgencies]).toEqual(['QĐ-SKHCN-STC', ['Sở Tài chính']]);
  expect(
    complete({ agency, kind: decision, coSigners: [{ ...elsewhere, authority: 'KT.', of: 'Giám đốc' }] })
      .coSigners,
  ).toEqual([
    { authority: 'KT.', lines: ['KT. Giám đốc', 'Sở Tài chính', 'Giám đốc'], name: 'Phạm Văn Hòa' },
  ]);
});

test('minutes are signed as who one was at the meeting, the chair with their post', () => {
  const minutes = { code: 'BB', name: 'BIÊN BẢN', abbreviation: 'BB' };
  const secretary = {
    kind: 'here',
    as: '',
    signer: aPerson({ name: 'Bùi Thị Ngọc' }),
    step: null,
    head,
  } as const;
  const draft = complete({ kind: minutes, coSigners: [secretary] });
  expect([draft.form, draft.signer.lines]).toEqual(['minutes', ['Chủ tọa', 'Giám đốc']]);
  expect(draft.coSigners).toEqual([{ authority: null, lines: ['Thư ký'], name: 'Bùi Thị Ngọc' }]);
});

test('the mark of who drafted it goes with the number of copies, and appendices with their names', () => {
  expect(complete().drafterMark).toBeNull();
  expect(complete({}, { drafterMark: ' pl ', copies: 300 }).drafterMark).toBe('PL.(300)');
  expect(complete({}, { drafterMark: 'PL', copies: 0 }).drafterMark).toBe('PL');
  const body = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'A' }] }] };
  expect(complete({}, { appendices: [{ title: 'Phân công', body }] }).appendices).toEqual([
    { title: 'Phân công', body: [{ kind: 'paragraph', runs: [{ text: 'A', bold: false, italic: false }] }] },
  ]);
});
