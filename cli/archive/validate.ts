import { parseArgs } from 'node:util';
import { readPackage, type Finding, type InspectSettings } from '../../shared/node/packages/public.ts';
import { sentence } from '../setup/sentences.mjs';

const exits = { sound: 0, faults: 1, usage: 64, unreadable: 66 } as const;

/**
 * `antin archive validate DIR-or-ZIP [--form schemas|annexes] [--json]`: every fault of an archive package with its place
 * and what to say of it. Nothing is unpacked.
 */
export async function validateArchive(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { form: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [path] = positionals;
  const form = formNamed(values.form ?? 'schemas');
  if (path === undefined || positionals.length > 1 || form === null) {
    process.stderr.write(`${sentence('archive.usage')}\n`);
    return exits.usage;
  }
  const { findings, package: found, close } = await readPackage(path, { form });
  close();
  const told = findings.map((one) => ({ ...one, sentence: sentenceOf(one) }));
  const counts = {
    kind: found?.kind ?? null,
    documents: found?.documents.length ?? null,
    others: found?.others.length ?? null,
  };
  if (values.json === true) {
    const sound = findings.length === 0;
    process.stdout.write(`${JSON.stringify({ file: path, sound, ...counts, findings: told })}\n`);
  } else if (findings.length > 0) {
    const count = findings.length;
    const lines = [
      sentence('archive.found', { file: path, count }),
      ...told.map((one) => `  - ${one.sentence}`),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  } else if (found !== null) {
    const { kind, documents, others } = found;
    const said = { file: path, kind, documents: documents.length, others: others.length };
    process.stdout.write(`${sentence('archive.sound', said)}\n`);
  }
  if (findings.some(({ code }) => code === 'no-such-package')) return exits.unreadable;
  return findings.length === 0 ? exits.sound : exits.faults;
}

function formNamed(name: string): NonNullable<InspectSettings['form']> | null {
  return name === 'schemas' || name === 'annexes' ? name : null;
}

function sentenceOf({ code, where, params }: Finding): string {
  return sentence(`package.finding.${code}`, { where, ...params });
}
