import { actAs } from '#electron/features/sample/act-as.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { addDays, dayOf } from '#shared/kernel/public.ts';
import { departmentIn, openSampleDesk } from './sample-desk.ts';

/** A file of the officer's with one issued paper in it, handed to the archive; gives the paper's subject. */
export async function archivedPaper(dataDir: string): Promise<string> {
  const { open, called } = await openSampleDesk(departmentIn(dataDir));
  const officer = actAs(open, called('Thị Ngọc'), systemClock);
  const row = open.desk.db
    .prepare("SELECT id, subject FROM document WHERE state = 'issued' AND drafter = ? LIMIT 1")
    .get(officer.person.id) as { id: string; subject: string } | undefined;
  if (row === undefined) throw new Error('The officer has issued nothing');
  const dossierId = systemClock.newId();
  const today = dayOf(systemClock.now());
  const fields = {
    code: '05.VP',
    title: 'Hồ sơ công việc trong năm',
    retention: 20,
    mode: 'open',
    keywords: '',
    description: '',
    startedOn: addDays(today, -30),
  };
  officer.must('dossiers.open', { dossierId, fields, maker: officer.person.id, parent: null });
  officer.must('dossiers.file', { dossierId, documents: [row.id] });
  officer.must('dossiers.close', { dossierId, endedOn: today });
  officer.must('handOvers.offer', { handOverId: systemClock.newId(), dossiers: [dossierId] });
  open.close();
  return row.subject;
}
