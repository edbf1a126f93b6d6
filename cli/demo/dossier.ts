import { dayOf, DossierIdSchema, AppError, type DocumentId } from '../../shared/kernel/public.ts';
import type { DossierPackage } from '../../shared/dossiers/public.ts';
import { validatePackage } from '../../shared/node/packages/public.ts';
import type { CoreClient } from '../../electron/host/core.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { newCommandId, readExport, saveInto } from './files.ts';
import type { DemoOffice } from './offices.ts';
import { acted, type Step } from './steps.ts';

export type DossierParts = Readonly<{
  department: DemoOffice;
  /** The letter of the day and what was answered. */
  papers: () => DocumentId[];
  folder: string;
}>;

/** What the day was about lies in one file: closed, and made into what an archive takes. */
export function closedDossier({ department, papers, folder }: DossierParts): readonly Step[] {
  const dossierId = DossierIdSchema.parse(systemClock.newId());
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

  async function exported(spoiled: boolean) {
    const officer = await department.as(spoiled ? 'secondOfficer' : 'officer');
    const sip = await packed(officer, 'SIP_hoso');
    const aip = await packed(officer, 'AIP_hoso');
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

  return [
    { name: 'dossier.open', run: open },
    { name: 'dossier.file', run: file },
    { name: 'dossier.close', run: close },
    { name: 'archive.export', run: exported },
  ];
}
