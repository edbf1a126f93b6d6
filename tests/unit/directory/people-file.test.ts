import { describe, expect, test } from 'vitest';
import { readPeopleFile } from '#electron/features/directory/people-file.ts';
import { PersonSchema, UnitSchema, type Person } from '#shared/directory/public.ts';
import { AppError } from '#shared/kernel/public.ts';

const unit = UnitSchema.parse({
  id: '01939d2a-0000-7000-8000-0000000000b1',
  name: 'Phòng Chuyển đổi số',
  symbol: 'CĐS',
  parent: null,
  validFrom: '2025-07-01',
  validTo: null,
});
const header = 'Họ và tên;Chức vụ;Đơn vị;Vai trò;Email';
const bytes = (...lines: readonly string[]) =>
  new TextEncoder().encode(['\uFEFF' + header, ...lines].join('\r\n'));

describe('a file of people', () => {
  test('is read line by line, with the separator and the letters of the office', () => {
    const lines = readPeopleFile(
      bytes(
        'Bùi Thị Ngọc;Phó Trưởng phòng;phong chuyen doi so;Chuyên viên;ngoc@example.gov.vn',
        'Đỗ Văn An;Văn thư;CĐS;Văn thư;',
      ),
      [unit],
    );
    expect(
      lines.map(({ line, errors, details }) => ({
        line,
        errors,
        roles: details?.roles,
        rank: details?.rank,
      })),
    ).toEqual([
      { line: 2, errors: [], roles: ['officer'], rank: 'deputy' },
      { line: 3, errors: [], roles: ['clerk'], rank: 'member' },
    ]);
  });

  test('is counted as the spreadsheet counts it, empty lines and all', () => {
    const lines = readPeopleFile(bytes('', 'Đỗ Văn An;Văn thư;CĐS;Clerk;', ';;;;', 'Lê Văn Tám;;CĐS;;'), [
      unit,
    ]);
    expect(lines.map(({ line, errors }) => ({ line, wrong: errors.map(({ code }) => code) }))).toEqual([
      { line: 3, wrong: [] },
      { line: 5, wrong: ['directory.csv-post'] },
    ]);
  });

  test('taken twice adds nobody twice, whoever has left aside', () => {
    const file = bytes(
      'Đỗ Văn An;Văn thư;CĐS;;an@example.gov.vn',
      'đỗ văn  an;Văn thư;CĐS;;',
      'Đỗ Văn Ân;Văn thư;CĐS;;',
    );
    const wrong = (people: readonly Person[]) =>
      readPeopleFile(file, [unit], people).map(({ errors }) => errors.map(({ code }) => code));
    expect(wrong([])).toEqual([[], ['directory.csv-there'], []]);
    const [an] = readPeopleFile(file, [unit]);
    const there = PersonSchema.parse({
      ...an?.details,
      id: '01939d2a-0000-7000-8000-0000000000c1',
      certificate: null,
      active: true,
    });
    expect(wrong([{ ...there, name: 'Người khác' }])[0]).toEqual(['directory.csv-there']);
    expect(wrong([there])).toEqual([['directory.csv-there'], ['directory.csv-there'], []]);
    expect(wrong([{ ...there, active: false }])).toEqual([[], ['directory.csv-there'], []]);
  });

  test('names what is wrong on each line and takes none of those lines', () => {
    const lines = readPeopleFile(bytes(';Chuyên viên;Phòng lạ;Thủ kho;khong-phai-thu'), [unit]);
    expect(lines[0]?.details).toBeNull();
    expect(lines[0]?.errors.map(({ code }) => code).toSorted()).toEqual([
      'directory.csv-email',
      'directory.csv-name',
      'directory.csv-role',
      'directory.csv-unit',
    ]);
  });

  test.each([
    [
      'saved in another encoding',
      Uint8Array.from([0x48, 0xf4, 0xfb, 0x3b, 0x0a, 0x41]),
      'directory.csv-encoding',
    ],
    ['without people', new TextEncoder().encode(header), 'directory.csv-empty'],
    ['without the columns that are needed', new TextEncoder().encode('a,b\n1,2'), 'directory.csv-columns'],
  ])('%s is refused with a sentence', (_name, file, code) => {
    let refused: unknown = null;
    try {
      readPeopleFile(file, [unit]);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(AppError);
    expect(refused).toMatchObject({ code });
  });
});
