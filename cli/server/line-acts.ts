import { readFileSync } from 'node:fs';
import { AppError } from '../../shared/kernel/public.ts';
import { holidays } from '../../electron/store/holidays.ts';
import { anAdministrator, findPerson } from '../../server/features/devices/find-person.ts';
import { logMustBeHere } from '../../server/data/where-things-are.ts';
import { agencyServer, openAgencyFolder, readLines, setLine, testLine } from '../../server/main.ts';
import { exitCode } from '../dispatch.ts';
import { jsonOf } from '../read-text.ts';
import { sentence } from '../setup/sentences.mjs';

type Values = Readonly<{
  settings?: string | undefined;
  by?: string | undefined;
  json: boolean;
}>;

/** `antin serve line --data DIR --settings FILE [--by NAME]`: a connection that speaks edXML, with its code table. */
export async function setUpLine({ settings, by, json }: Values, data: string): Promise<number | null> {
  if (settings === undefined) return null;
  const folder = openAgencyFolder(data);
  try {
    await logMustBeHere(folder, null);
    const people = folder.people();
    const person = by === undefined ? anAdministrator(people) : findPerson(people, by);
    const server = agencyServer({ folder, calendar: holidays });
    const told = setLine({ folder, server, settings: readSettings(settings), by: person.id });
    process.stdout.write(json ? `${JSON.stringify(told)}\n` : `${sentence('serve.line-set', { ...told })}\n`);
    return exitCode.done;
  } finally {
    folder.close();
  }
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
