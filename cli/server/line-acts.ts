import { readFileSync } from 'node:fs';
import { AppError } from '../../shared/kernel/public.ts';
import { openAgencyFolder, readLines, setLine, testLine } from '../../server/main.ts';
import { exitCode } from '../dispatch.ts';
import { jsonOf } from '../read-text.ts';
import { sentence } from '../setup/sentences.mjs';
import { atAgency, peersAt, whoActs } from './at-agency.ts';

type Values = Readonly<{
  settings?: string | undefined;
  by?: string | undefined;
  'database-url'?: string | undefined;
  json: boolean;
}>;

/** `antin serve line --data DIR --settings FILE [--by NAME] [--database-url URL]`: a connection that speaks edXML, with its code table. */
export async function setUpLine(values: Values, data: string): Promise<number | null> {
  const { settings, by, json } = values;
  if (settings === undefined) return null;
  return atAgency(values, data, async (at) => {
    const { folder, decide } = at;
    const { id } = await whoActs(at, by);
    const peers = await peersAt(at);
    const told = await setLine({ folder, peers, decide, settings: readSettings(settings), by: id });
    process.stdout.write(json ? `${JSON.stringify(told)}\n` : `${sentence('serve.line-set', { ...told })}\n`);
    return exitCode.done;
  });
}

/** `antin serve lines --data DIR`: every such connection, asked once; what is wrong with one is said in a sentence. */
export async function testLines({ json }: Values, data: string): Promise<number> {
  const folder = openAgencyFolder(data);
  try {
    let isWell = true;
    for (const line of readLines(folder.kept)) {
      const fault = await testLine(line);
      isWell &&= fault === null;
      const words =
        fault === null ? sentence('serve.line-answers') : sentence(`refusal.${fault.code}`, fault.params);
      const told = { id: line.id, name: line.name, kind: line.transport.kind, fault: fault?.code ?? null };
      process.stdout.write(
        json ? `${JSON.stringify(told)}\n` : `${[line.id, line.name, words].join('\t')}\n`,
      );
    }
    return isWell ? exitCode.done : exitCode.refused;
  } finally {
    folder.close();
  }
}

function readSettings(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new AppError('server.unreadable', { path }, error);
  }
  return jsonOf(text);
}
