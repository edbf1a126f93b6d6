import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pem } from './pem.ts';

/** Programs of others that look at a page; each writes it to the folder under a name first. */
export function judgesIn(folder: string) {
  const run = (program: string, ...args: readonly string[]): string =>
    execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const saved = (name: string, pdf: Uint8Array): string => {
    writeFileSync(join(folder, name), pdf);
    return name;
  };
  return {
    run,
    saved,
    trust: (root: Uint8Array): void => {
      writeFileSync(join(folder, 'goc.pem'), pem('CERTIFICATE', root));
      run('certutil', '-N', '-d', 'sql:.', '--empty-password');
      run('certutil', '-A', '-d', 'sql:.', '-n', 'goc', '-t', 'C,C,C', '-i', 'goc.pem');
    },
    /** How many signatures pdfsig calls valid, and how many of their certificates it trusts. */
    pdfsig: (name: string): Readonly<{ valid: number; trusted: number }> => {
      const said = run('pdfsig', '-nssdir', `sql:${folder}`, name);
      const count = (words: string): number => said.split(words).length - 1;
      return { valid: count('Signature is Valid'), trusted: count('Certificate is Trusted') };
    },
    qpdf: (name: string): string => run('qpdf', '--check', name),
  };
}
