import { readEdxml } from '../edxml/read.ts';
import { writeEdxml } from '../edxml/write.ts';
import { sentence } from '../setup/sentences.mjs';

/** `antin edxml read FILE …` and `antin edxml write MESSAGE.json … -o OUT`: messages between agencies, in and out. */
export async function run(args: readonly string[]): Promise<number> {
  const [verb, ...rest] = args;
  if (verb === 'read') return await Promise.resolve(readEdxml(rest));
  if (verb === 'write') return writeEdxml(rest);
  process.stderr.write(`${sentence('edxml.usage')}\n`);
  return 64;
}
