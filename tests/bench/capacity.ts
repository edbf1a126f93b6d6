// `node tests/bench/capacity.ts figures.json`: what an office, a province and the country need, from what
// `antin bench sync --json` measured. Prints the tables of `docs/capacity.md`.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { corpusPath } from '../support/corpus.ts';

const FiguresSchema = z.object({
  machine: z.string(),
  at: z.string(),
  sync: z.array(
    z.object({ row: z.number().nullable(), name: z.string(), value: z.number(), unit: z.string() }),
  ),
});
type Figures = z.infer<typeof FiguresSchema>;

/** How people work; each line stands in the sheet, so that whoever knows better changes it and runs this again. */
const assumed = {
  actsADay: 40,
  documentsADay: 1.5,
  readersOfADocument: 8,
  hoursADay: 8,
  /** The busiest minute beside the mean of the day. */
  peak: 6,
  daysAYear: 250,
  years: 10,
  copies: 2,
  /** No machine is planned fuller than this. */
  fullest: 0.5,
} as const;

/** One machine of the class the figures were measured on, as it can be bought or rented. */
const machine = { memoryMiB: 16 * 1024, bitsPerSecond: 1e9, diskBytes: 4e12 } as const;

const places = [
  { name: 'Cơ quan 50 người', people: 50, agencies: 1, largest: 50 },
  { name: 'Tỉnh 20.000 người', people: 20_000, agencies: 200, largest: 500 },
  { name: 'Cả nước', people: 2_000_000, agencies: 20_000, largest: 2000 },
] as const;

type Needs = Readonly<{
  name: string;
  acts: number;
  log: number;
  files: number;
  bits: number;
  machines: Machines;
}>;
type Machines = Readonly<Record<'cpu' | 'memory' | 'line' | 'disk', number>>;

function needsOf(place: (typeof places)[number], of: ReturnType<typeof measured>): Needs {
  const { actsADay, documentsADay, readersOfADocument, hoursADay, peak, daysAYear, years, copies, fullest } =
    assumed;
  const seconds = hoursADay * 3600;
  const acts = (place.people * actsADay * peak) / seconds;
  const documents = (place.people * documentsADay * peak) / seconds;
  const aYear = place.people * daysAYear;
  const log = aYear * actsADay * of.onDisk;
  const files = aYear * documentsADay * of.fileBytes;
  const readers = Math.min(readersOfADocument, place.people);
  const wire = acts * (of.entry + of.overhead + readers * of.entry * of.pullRatio);
  const bits = 8 * (wire + documents * of.fileBytes * (1 + readers));
  return {
    name: place.name,
    acts,
    log,
    files,
    bits,
    machines: {
      cpu: acts / (of.pushes * fullest),
      memory: (place.agencies * of.residentMiB) / (machine.memoryMiB * fullest),
      line: bits / (machine.bitsPerSecond * fullest),
      disk: ((log + files) * years * copies) / machine.diskBytes,
    },
  };
}

function measured({ sync }: Figures) {
  const find = (row: number | null, words: string): number => {
    const found = sync.find((one) => one.row === row && one.name.includes(words));
    if (found === undefined) throw new Error(`The figures say nothing of: ${words}`);
    return found.value;
  };
  return {
    pushes: find(4, '100 connections'),
    overhead: find(11, '1 in a push'),
    pullRatio: find(11, 'pull, bytes on the wire'),
    entry: find(null, 'an entry of the log as it is said'),
    onDisk: find(null, 'an entry on the disk'),
    residentMiB: find(null, 'resident memory'),
    postgres: find(5, 'PostgreSQL'),
    fileBytes: fileBytes(),
  };
}

/** The mean of the real documents of the corpus. */
function fileBytes(): number {
  const folder = corpusPath('incoming');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.pdf')) : [];
  if (names.length === 0) throw new Error(`There are no documents in ${folder}`);
  return names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / names.length;
}

const words = { cpu: 'bộ xử lý', memory: 'bộ nhớ', line: 'đường truyền', disk: 'đĩa' } as const;
const number = (value: number, digits = 0) =>
  value.toLocaleString('vi', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const sizes = [
  [1e12, 'TB'],
  [1e9, 'GB'],
  [1e6, 'MB'],
] as const;
function bytes(value: number): string {
  const [unit, name] = sizes.find(([least]) => value >= least) ?? [1e3, 'KB'];
  return `${number(value / unit, value >= 1e9 ? 1 : 0)} ${name}`;
}
const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function sheet(figures: Figures): string {
  const of = measured(figures);
  const needs = places.map((place) => needsOf(place, of));
  const count = (of: number) => number(Math.max(1, Math.ceil(of)));
  const first = ({ machines }: Needs) => {
    const [[name, value] = ['cpu', 0] as const] = Object.entries(machines).toSorted(([, a], [, b]) => b - a);
    return `${words[name as keyof Machines]} (${number(value * 100, 1)} % một máy)`;
  };
  const busiest = places.map(
    ({ largest }) => (largest * assumed.actsADay * assumed.peak) / (assumed.hoursADay * 3600),
  );
  return [
    `Máy đo: ${figures.machine}; lúc ${figures.at}; lệnh \`antin bench sync --json\`.`,
    '',
    row('Đo được', 'Giá trị'),
    row('---', '---:'),
    row('lệnh có chữ ký qua HTTPS, 100 kết nối', `${number(of.pushes)}/s`),
    row('lệnh qua PostgreSQL, một bộ tuần tự', `${number(of.postgres)}/s`),
    row('một mục nhật ký khi truyền', `${number(of.entry)} B`),
    row('một mục nhật ký trên đĩa máy chủ', `${number(of.onDisk)} B`),
    row('thêm cho mỗi lệnh gửi lên', `${number(of.overhead)} B`),
    row('byte trên dây cho một byte kéo về', number(of.pullRatio, 2)),
    row('bộ nhớ một tiến trình máy chủ', `${number(of.residentMiB)} MiB`),
    row('một tệp văn bản (trung bình của tập mẫu)', bytes(of.fileBytes)),
    '',
    row('', ...needs.map(({ name }) => name)),
    row('---', ...needs.map(() => '---:')),
    row('việc mỗi giây lúc cao điểm', ...needs.map(({ acts }) => number(acts, 1))),
    row('việc mỗi giây ở cơ quan lớn nhất', ...busiest.map((acts) => number(acts, 1))),
    row('  so với một bộ tuần tự', ...busiest.map((acts) => `${number((acts / of.pushes) * 100, 1)} %`)),
    row('nhật ký mỗi năm', ...needs.map(({ log }) => bytes(log))),
    row('tệp mỗi năm', ...needs.map(({ files }) => bytes(files))),
    row(
      `đĩa sau ${assumed.years} năm, ${assumed.copies} bản`,
      ...needs.map(({ log, files }) => bytes((log + files) * assumed.years * assumed.copies)),
    ),
    row('đường truyền lúc cao điểm', ...needs.map(({ bits }) => `${number(bits / 1e6, 1)} Mbit/s`)),
    row('máy theo bộ xử lý', ...needs.map(({ machines }) => count(machines.cpu))),
    row('máy theo bộ nhớ', ...needs.map(({ machines }) => count(machines.memory))),
    row('máy theo đường truyền', ...needs.map(({ machines }) => count(machines.line))),
    row('máy theo đĩa', ...needs.map(({ machines }) => count(machines.disk))),
    row('chạm giới hạn trước tiên', ...needs.map(first)),
    '',
  ].join('\n');
}

const [path] = process.argv.slice(2);
if (path === undefined) {
  process.stderr.write('node tests/bench/capacity.ts figures.json\n');
  process.exitCode = 64;
} else {
  process.stdout.write(sheet(FiguresSchema.parse(JSON.parse(readFileSync(path, 'utf8')))));
}
