import { readAlarms } from '../../server/main.ts';
import { exitCode } from '../dispatch.ts';
import { sentence } from '../setup/sentences.mjs';

/** `antin serve alarms --data DIR [--json]`: what the gateway has to tell a person, also while its server runs. */
export function listAlarms({ json }: Readonly<{ json: boolean }>, data: string): number {
  const alarms = readAlarms(data);
  const lines = alarms.map(({ at, code, name, about }) => {
    const words = sentence(`alarm.${code}`, { name: name ?? '?', about: about ?? '' });
    return [at, words].join('\t');
  });
  process.stdout.write(json ? `${JSON.stringify(alarms)}\n` : `${lines.join('\n')}\n`);
  return exitCode.done;
}
