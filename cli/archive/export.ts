import { parseArgs } from 'node:util';
import { listDesks } from '../../electron/features/session/open-desk.ts';
import { makePackage, packageOf, dossiersCalled } from '../../electron/features/dossiers/public.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { readState } from '../../electron/store/read-state.ts';
import { personAggregate, readingScope } from '../../shared/directory/public.ts';
import { dossierPackages, type DossierPackage } from '../../shared/dossiers/public.ts';
import { AppError, dayOf, type DossierId } from '../../shared/kernel/public.ts';
import { homeFolder, sitDown } from '../desk-access.ts';
import { sentence } from '../setup/sentences.mjs';

const exits = { made: 0, usage: 64, unreadable: 66 } as const;

/**
 * `antin archive export --dossier CODE|ID --to FILE.zip [--kind SIP_hoso|AIP_hoso|DIP] [--bagit] [--data DIR]
 * [--agency ID] [--person ID] [--passphrase-file F] [--json]`: a closed file as a package, with the rights of the person
 * who sits down at the desk.
 */
export async function exportArchive(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      dossier: { type: 'string' },
      to: { type: 'string' },
      kind: { type: 'string' },
      bagit: { type: 'boolean' },
      data: { type: 'string' },
      agency: { type: 'string' },
      person: { type: 'string' },
      'passphrase-file': { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const { dossier, to } = values;
  const kind = kindNamed(values.kind ?? 'SIP_hoso');
  if (dossier === undefined || to === undefined || kind === null) {
    process.stderr.write(`${sentence('archive.export-usage')}\n`);
    return exits.usage;
  }
  const home = values.data ?? homeFolder();
  if (listDesks(home).length === 0) {
    process.stderr.write(`${sentence('audit.unreadable', { path: home })}\n`);
    return exits.unreadable;
  }
  const { open, person: id } = await sitDown({
    home,
    agency: values.agency ?? null,
    person: values.person ?? null,
    passphraseFile: values['passphrase-file'] ?? null,
  });
  try {
    const person = readState(open.desk.db, personAggregate, id);
    if (person === null) throw new AppError('directory.unknown-person');
    const scope = readingScope(person);
    const packer = { open, person, scope, clock: systemClock, today: dayOf(systemClock.now()) };
    const given = await packageOf(packer, {
      dossierId: theOne(dossiersCalled(packer, dossier), dossier),
      kind,
    });
    const bytes = await makePackage(given, { to, bag: values.bagit === true });
    const said = {
      file: to,
      kind,
      code: given.dossier?.arcFileCode ?? '',
      documents: given.documents.length,
      others: given.others.length,
    };
    if (values.json === true) process.stdout.write(`${JSON.stringify({ ...said, bytes })}\n`);
    else {
      const size = Math.ceil(bytes / 1024);
      process.stdout.write(`${sentence('archive.exported', { ...said, size })}\n`);
    }
    return exits.made;
  } finally {
    open.close();
  }
}

function kindNamed(name: string): DossierPackage | null {
  return dossierPackages.find((kind) => kind === name) ?? null;
}

/** Codes begin anew each year, so one may name several files. */
function theOne(found: readonly DossierId[], code: string): DossierId {
  const [first] = found;
  if (first === undefined) throw new AppError('dossiers.unknown');
  if (found.length === 1) return first;
  throw new AppError('dossiers.which', { code, count: found.length, ids: found.join(', ') });
}
