import { log } from './0010-log.ts';
import { documents } from './0020-documents.ts';
import { workflow } from './0030-workflow.ts';
import { desk } from './0040-desk.ts';
import { authority } from './0050-authority.ts';
import { proofs } from './0070-proofs.ts';
import { sync } from './0080-sync.ts';
import { between } from './0090-between.ts';
import { drafts } from './0100-drafts.ts';
import { fileNames } from './0130-file-names.ts';
import { restsOn } from './0150-rests-on.ts';
import { waitingTally } from './0160-waiting-tally.ts';
import { readersByDocument } from './0170-readers-by-document.ts';
import { dossiers } from './0180-dossiers.ts';
import { fileFaults } from './0190-file-faults.ts';
import { archive } from './0210-archive.ts';
import { access } from './0260-access.ts';
import { sought } from './0270-sought.ts';
import { meetings } from './0300-meetings.ts';
import { meetingWork } from './0320-meeting-work.ts';
import { readNarrowly } from './0330-read-narrowly.ts';
import { statesTogether } from './0340-states-together.ts';
import type { Migration } from './migration.ts';

/** Every step of the schema, in order. */
export const migrations: readonly Migration[] = [
  log,
  documents,
  workflow,
  desk,
  authority,
  proofs,
  sync,
  between,
  drafts,
  fileNames,
  restsOn,
  waitingTally,
  readersByDocument,
  dossiers,
  fileFaults,
  archive,
  access,
  sought,
  meetings,
  meetingWork,
  readNarrowly,
  statesTogether,
];
