import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Other programs that look at a file; each says nothing where it cannot read it. */
export type Judges = Readonly<{
  /** The words on its pages. */
  words: (pdf: Buffer) => string;
  /** A sum over its pages as they are drawn. */
  look: (pdf: Buffer) => string;
  /** Whether `pdfsig` finds signatures and calls every one of them valid. */
  isValidToPdfsig: (pdf: Buffer) => boolean;
  close: () => void;
}>;

export function openJudges(): Judges {
  const folder = mkdtempSync(join(tmpdir(), 'antin-xet-'));
  const ask = (pdf: Buffer, program: string, ...args: readonly string[]): string => {
    writeFileSync(join(folder, 'x.pdf'), pdf);
    try {
      return execFileSync(program, args, {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    } catch {
      // A program that refuses the file has nothing to say of it.
      return '';
    }
  };
  return {
    words: (pdf) => ask(pdf, 'pdftotext', 'x.pdf', '-'),
    look: (pdf) => {
      rmSync(join(folder, 'x.ppm'), { force: true });
      ask(pdf, 'pdftoppm', '-r', '40', '-singlefile', 'x.pdf', 'x');
      return sumOf(join(folder, 'x.ppm'));
    },
    isValidToPdfsig: (pdf) => {
      const said = ask(pdf, 'pdfsig', '-nocert', 'x.pdf');
      const verdicts = said.match(/Signature Validation: .*/g) ?? [];
      return verdicts.length > 0 && verdicts.every((line) => line.includes('Signature is Valid'));
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function sumOf(file: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex');
  } catch {
    return 'nothing is drawn';
  }
}
