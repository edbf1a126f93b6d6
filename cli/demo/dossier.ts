import {
  AppError,
  HandOverIdSchema,
  dayOf,
  type DocumentId,
  type DossierId,
} from '../../shared/kernel/public.ts';
import { archiveChecks, type DossierPackage } from '../../shared/dossiers/public.ts';
import { validatePackage } from '../../shared/node/packages/public.ts';
import type { CoreClient } from '../../electron/host/core.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { newCommandId, readExport, saveInto } from './files.ts';
import { demoPin, type DemoOffice } from './offices.ts';
import { acted, type Step } from './steps.ts';

const sides = ['officer', 'archivist'] as const;

export type DossierParts = Readonly<{
  dossierId: DossierId;
  department: DemoOffice;
  /** The letter of the day and what was answered. */
  papers: () => DocumentId[];
  folder: string;
}>;

/** As long as the file is open, more may come of it. */
type DossierSteps = Readonly<{ opening: readonly Step[]; closing: readonly Step[] }>;

/** What the day was about lies in one file: closed, handed over to the archive, and made into packages. */
export function closedDossier({ dossierId, department, papers, folder }: DossierParts): DossierSteps {
  const today = dayOf(systemClock.now());

  async function open(spoiled: boolean) {
    const officer = await department.as(spoiled ? 'administrator' : 'officer');
    const fields = {
      code: '01.CĐS',
      title: 'Hồ sơ phối hợp triển khai nhiệm vụ chuyển đổi số năm 2027',
      retention: 20,
      mode: 'open' as const,
      keywords: 'chuyển đổi số',
      description: '',
      startedOn: today,
    };
    const body = { dossierId, fields, maker: department.person('officer'), parent: null };
    return { acts: acted(await officer.dossiers.open({ commandId: newCommandId(), body })), files: [] };
  }

  async function file(spoiled: boolean) {
    const officer = await department.as(spoiled ? 'secondOfficer' : 'officer');
    const body = { dossierId, documents: papers() };
    return { acts: acted(await officer.dossiers.file({ commandId: newCommandId(), body })), files: [] };
  }

  async function close(spoiled: boolean) {
    const officer = await department.as(spoiled ? 'secondOfficer' : 'officer');
    const body = { dossierId, endedOn: today };
    return { acts: acted(await officer.dossiers.close({ commandId: newCommandId(), body })), files: [] };
  }

  /** Nộp lưu: offered, looked at and taken, and the minutes signed by both sides. */
  async function handOver(spoiled: boolean) {
    const officer = await department.as(spoiled ? 'secondOfficer' : 'officer');
    const archivist = await department.as('archivist');
    const handOverId = HandOverIdSchema.parse(systemClock.newId());
    const command = <Body>(body: Body) => ({ commandId: newCommandId(), body });
    const acts = acted(await officer.handOvers.offer(command({ handOverId, dossiers: [dossierId] })));
    const { files } = await archivist.handOvers.page({ handOverId });
    if (files.includes(null)) throw new AppError('dossiers.unknown');
    acts.push(
      ...acted(await archivist.handOvers.accept(command({ handOverId, checked: [...archiveChecks] }))),
    );
    for (const side of [archivist, officer]) {
      const asked = { commandId: newCommandId(), handOverId, pin: demoPin, key: null };
      acts.push(...acted((await side.handOvers.sign(asked)).reply));
    }
    const minutes = await readExport(officer, await officer.handOvers.printMinutes({ handOverId }));
    return { acts, files: [saveInto(folder, '4-bien-ban-giao-nhan.pdf', minutes)] };
  }

  /** What the unit gave and what the archive keeps, with the minutes in both. */
  async function exported(spoiled: boolean) {
    const [giver, archive] = spoiled ? (['secondOfficer', 'secondOfficer'] as const) : sides;
    const sip = await packed(await department.as(giver), 'SIP_hoso');
    const aip = await packed(await department.as(archive), 'AIP_hoso');
    return { acts: [], files: [sip, aip] };
  }

  /** Looked over as it lies in the folder, where strangers find it. */
  async function packed(officer: CoreClient, kind: DossierPackage): Promise<string> {
    for await (const step of await officer.dossiers.exportPackage({ dossierId, kind, bag: false })) {
      if (step.is !== 'made') continue;
      const path = saveInto(folder, `4-${kind}.zip`, await readExport(officer, step.made));
      const [first] = await validatePackage(path);
      if (first === undefined) return path;
      throw new AppError('dossiers.package-unsound', { where: first.where, fault: first.code });
    }
    throw new AppError('packages.cancelled');
  }

  return {
    opening: [
      { name: 'dossier.open', run: open },
      { name: 'dossier.file', run: file },
    ],
    closing: [
      { name: 'dossier.close', run: close },
      { name: 'archive.handOver', run: handOver },
      { name: 'archive.export', run: exported },
    ],
  };
}
