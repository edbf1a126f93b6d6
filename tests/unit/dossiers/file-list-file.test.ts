import { describe, expect, test } from 'vitest';
import { fileListTable, readListFile } from '#electron/features/dossiers/file-list-file.ts';
import { UnitSchema } from '#shared/directory/public.ts';
import { AppError, InstantSchema } from '#shared/kernel/public.ts';
import { tableFile } from '#shared/node/tables/public.ts';
import { aPerson } from '../../support/builders.ts';
import { aFileList, anEntry } from '../../support/dossiers.ts';

const unit = UnitSchema.parse({
  id: '01939d2a-0000-7000-8000-0000000000b1',
  name: 'Phòng Chuyển đổi số',
  symbol: 'CĐS',
  parent: null,
  validFrom: '2025-07-01',
  validTo: null,
});
const named = (name: string) => aPerson({ name, unit: unit.id });
const ngoc = named('Bùi Thị Ngọc');
const staff = { people: [ngoc, named('Lê Văn Tám'), named('Lê Văn Tám')], units: [unit] };
const header = 'Số, ký hiệu hồ sơ;Đề mục;Tiêu đề hồ sơ;Thời hạn bảo quản;Người lập hồ sơ;Ghi chú';
const bytes = (...lines: readonly string[]) => new TextEncoder().encode(lines.join('\r\n'));
const wrongIn = (...lines: readonly string[]) =>
  readListFile(bytes(header, ...lines), staff).lines.map(({ line, errors }) => [
    line,
    ...errors.map(({ code }) => code),
  ]);

/** Windows-1258: circumflex, breve and horn are part of the letter, tones stand behind it. */
function windows1258(text: string): Uint8Array {
  const tones: Readonly<Record<string, number>> = {
    '\u0300': 0xcc,
    '\u0309': 0xd2,
    '\u0303': 0xde,
    '\u0301': 0xec,
    '\u0323': 0xf2,
  };
  const codes = [0xe2, 0xea, 0xf4, 0xe3, 0xf5, 0xfd, 0xf0, 0xc2, 0xca, 0xd4, 0xc3, 0xd5, 0xdd, 0xd0];
  const letters = new Map(Array.from('âêôăơưđÂÊÔĂƠƯĐ', (letter, place) => [letter, codes[place]]));
  // A letter and its tone, whichever of its two marks comes first when it is taken apart.
  const apart = Array.from(text.normalize('NFC')).flatMap((letter) => {
    const marks = [...letter.normalize('NFD')];
    const tone = marks.find((mark) => mark in tones);
    const rest = marks.filter((mark) => mark !== tone).join('');
    return [rest.normalize('NFC'), ...(tone === undefined ? [] : [tone])];
  });
  return Uint8Array.from(apart, (sign) => letters.get(sign) ?? tones[sign] ?? sign.charCodeAt(0));
}

describe('a danh mục from a file', () => {
  test('is read line by line: separators, retention in words, makers by name', () => {
    const { lines, guessed } = readListFile(
      bytes(
        header,
        '01.CĐS;Chuyển đổi số;Hồ sơ kế hoạch, báo cáo năm;Vĩnh viễn;Bùi Thị Ngọc;',
        '',
        '02.CĐS;;Hồ sơ họp giao ban;10 năm;;=lưu tại phòng',
      ),
      staff,
    );
    expect(guessed).toBe(false);
    expect(lines.map(({ line, entry }) => [line, entry])).toEqual([
      [
        2,
        {
          code: '01.CĐS',
          heading: 'Chuyển đổi số',
          title: 'Hồ sơ kế hoạch, báo cáo năm',
          retention: 'permanent',
          maker: ngoc.id,
          note: '',
        },
      ],
      [
        4,
        {
          code: '02.CĐS',
          heading: '',
          title: 'Hồ sơ họp giao ban',
          retention: 10,
          maker: null,
          note: '=lưu tại phòng',
        },
      ],
    ]);
  });

  test('says of each line everything that is wrong with it', () => {
    expect(
      wrongIn(
        '01;;Đúng;5;;',
        '01;;Trùng;5;;',
        '01 CĐS;;Có dấu cách;5;;',
        ';;;lâu dài;Nguyễn Không Có;',
        '02;;Một trong hai;71 năm;Lê Văn Tám;',
        `03;;Rõ ràng;70;Lê Văn Tám (${unit.name});${'x'.repeat(501)}`,
      ),
    ).toEqual([
      [2],
      [3, 'dossiers.csv-code-twice'],
      [4, 'dossiers.csv-code'],
      [5, 'dossiers.csv-code', 'dossiers.csv-title', 'dossiers.csv-retention', 'dossiers.csv-maker'],
      [6, 'dossiers.csv-retention', 'dossiers.csv-maker-many'],
      // Both share name and unit, so nothing tells them apart.
      [7, 'dossiers.csv-maker-many', 'dossiers.csv-long'],
    ]);
  });

  test('in the form of Phụ lục V takes a heading from the line it stands in', () => {
    const { lines } = readListFile(
      bytes(
        'Số và ký hiệu hồ sơ,Tên đề mục và tiêu đề hồ sơ,Thời hạn bảo quản,Người lập hồ sơ,Ghi chú',
        ',I. Công tác tổng hợp,,,',
        '01.VP,Hồ sơ hội nghị tổng kết,20,,',
        ',II. Tổ chức cán bộ,,,',
        '02.TC,Hồ sơ nâng lương,VV,,',
      ),
      staff,
    );
    expect(lines.map(({ entry }) => [entry?.code, entry?.heading, entry?.retention])).toEqual([
      ['01.VP', 'I. Công tác tổng hợp', 20],
      ['02.TC', 'II. Tổ chức cán bộ', 'permanent'],
    ]);
  });

  test('may be kept in the letters of an older office, which a person then looks at', () => {
    const text = `${header}\r\n01.CĐS;Chuyển đổi số;Hồ sơ về quản lý văn thư, lưu trữ;20 năm;Bùi Thị Ngọc;Đã rõ`;
    const old = readListFile(windows1258(text), staff);
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));
    const marked = bytes(`\uFEFF${text}`);
    const wanted = readListFile(bytes(text), staff).lines;
    expect(wanted[0]?.errors).toEqual([]);
    expect([old.lines, old.guessed]).toEqual([wanted, true]);
    expect([readListFile(utf16, staff).lines, readListFile(marked, staff).lines]).toEqual([wanted, wanted]);
  });

  test('without the columns it needs, or without lines, is not read at all', () => {
    const code = (...lines: readonly string[]) => {
      try {
        return String(readListFile(bytes(...lines), staff).lines.length);
      } catch (error) {
        return error instanceof AppError ? error.code : String(error);
      }
    };
    expect(code('Tên;Tuổi', 'a;b')).toBe('dossiers.csv-columns');
    expect(code(header)).toBe('dossiers.csv-empty');
    expect(code('')).toBe('dossiers.csv-empty');
    const many = Array.from({ length: 3001 }, (_none, n) => `${n};;Hồ sơ;5;;`);
    expect(code(header, ...many)).toBe('dossiers.csv-many');
  });

  test('goes out as a table and comes back the same, whatever its cells begin with', async () => {
    const entries = [
      anEntry({ maker: ngoc.id, note: '-1 quyển' }),
      anEntry({ code: '02', heading: '', title: '=Hồ sơ; "trích", lược', retention: 5 }),
    ];
    const table = fileListTable(aFileList({ entries }), staff);
    const csv = await tableFile(
      { ...table, agency: '', superior: null, frozenAt: InstantSchema.parse('2026-11-23T02:00:00.000Z') },
      'csv',
    );
    expect(readListFile(csv, staff).lines.map(({ entry }) => entry)).toEqual(entries);
  });
});
