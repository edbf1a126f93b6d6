import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DraftSchema } from '../../shared/drafting/public.ts';
import { InstantSchema, instantFrom } from '../../shared/kernel/public.ts';
import { typeset } from '../../shared/node/typesetting/public.ts';
import { jsonOf, textIn } from '../read-text.ts';
import { sentence } from '../setup/sentences.mjs';

/** `antin typeset DRAFT.json -o OUT.pdf [--frozen-at INSTANT] [--fields] [--json]`: sets a structured draft. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      output: { type: 'string', short: 'o' },
      'frozen-at': { type: 'string' },
      fields: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  });
  const [path] = positionals;
  if (path === undefined || values.output === undefined) {
    process.stderr.write('antin typeset DRAFT.json -o OUT.pdf [--frozen-at INSTANT] [--fields] [--json]\n');
    return 64;
  }
  const text = textIn(path);
  if (text === null) {
    process.stderr.write(`${sentence('typeset.unreadable', { path })}\n`);
    return 66;
  }
  const draft = DraftSchema.safeParse(jsonOf(text));
  if (!draft.success) {
    const issue = draft.error.issues[0];
    const where = issue?.path.join('.') ?? '';
    process.stderr.write(`${sentence('typeset.wrong-draft', { path, where, what: issue?.message ?? '' })}\n`);
    return 1;
  }
  const frozenAt = InstantSchema.safeParse(values['frozen-at'] ?? instantFrom(Date.now()));
  if (!frozenAt.success) {
    process.stderr.write(`${sentence('typeset.wrong-instant', { given: values['frozen-at'] ?? '' })}\n`);
    return 64;
  }
  const { pdf, pages, milliseconds } = await typeset(draft.data, {
    frozenAt: frozenAt.data,
    fields: values.fields === true ? { initials: 0 } : null,
  });
  try {
    writeFileSync(values.output, pdf);
  } catch {
    process.stderr.write(`${sentence('typeset.unwritable', { path: values.output })}\n`);
    return 66;
  }
  const ms = Math.round(milliseconds * 10) / 10;
  const said =
    values.json === true
      ? JSON.stringify({ file: values.output, pages, ms })
      : sentence('typeset.done', { file: values.output, pages, ms });
  process.stdout.write(`${said}\n`);
  return 0;
}
