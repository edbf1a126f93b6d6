import { beliefIn, blobFault } from './blob-oracle.ts';
import { mutateDer } from './mutate-der.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutatePdf } from './mutate-pdf.ts';
import { faultOf, judge, soundPdf, type SoundPdf } from './pdf-oracle.ts';
import { randomOf } from './random.ts';
import type { BlobSubject, Subject } from './subjects.ts';

/** Longest a reader may take over anything. */
const boundMs = 2000;

export type Finding = Readonly<{ seed: number; subject: string; what: string; bytes: Buffer }>;

/** All a run needs; made once, and the same for every seed. */
export type Stage = Readonly<{
  /** Sound documents, those of one family beside each other so that their parts fit. */
  documents: readonly SoundPdf[];
  blobs: readonly BlobSubject[];
}>;

export function stageOf(subjects: readonly Subject[]): Stage {
  const documents = subjects.flatMap((one) => (one.kind === 'pdf' ? [soundPdf(one)] : []));
  const blobs = subjects.filter((one) => one.kind !== 'pdf');
  // A blob that is not believed unchanged would prove nothing.
  const idle = blobs.filter((one) => beliefIn(one, Buffer.from(one.bytes)) === null);
  if (idle.length > 0) throw new Error(`not believed unchanged: ${idle.map(({ name }) => name).join(', ')}`);
  return { documents, blobs };
}

/** Plays the case of one seed: the same stage and seed make the same bytes and the same verdict. */
export function playCase(stage: Stage, seed: number): Finding | null {
  const random = randomOf(seed);
  const isBlob = stage.documents.length === 0 || (stage.blobs.length > 0 && random.once(4));
  return isBlob ? playBlob(stage, seed, random) : playDocument(stage, seed, random);
}

type Playing = (stage: Stage, seed: number, random: ReturnType<typeof randomOf>) => Finding | null;

const playDocument: Playing = ({ documents }, seed, random) => {
  const from = random.pick(documents);
  const other = random.once(2) ? from : random.pick(documents);
  const bytes = mutatePdf(from.anatomy, other.anatomy, random);
  const isSame = bytes.equals(from.anatomy.bytes);
  const what = timed(() => {
    const report = judge(bytes, from.subject);
    return () => (isSame ? null : faultOf(bytes, report, [from, other]));
  });
  return what === null ? null : { seed, subject: from.subject.name, what, bytes };
};

const playBlob: Playing = ({ blobs }, seed, random) => {
  // Opening a key file takes a thousand times as long as anything else here.
  const quick = blobs.filter(({ kind }) => kind !== 'pkcs12');
  const from = random.pick(random.once(60) ? blobs : quick);
  const other = Buffer.from(random.pick(quick).bytes);
  let bytes: Buffer = Buffer.from(from.bytes);
  for (let times = 1 + random.below(2); times > 0; times--) {
    bytes = from.kind === 'shares' ? mutateBytes(bytes, random, other) : mutateDer(bytes, random, other);
  }
  const what = timed(() => {
    const fault = blobFault(from, bytes);
    return () => fault;
  });
  return what === null ? null : { seed, subject: from.name, what, bytes };
};

/** Runs what must neither throw nor be slow, then asks what to think of its outcome. */
function timed(act: () => () => string | null): string | null {
  let outcome: () => string | null;
  let shortest = Infinity;
  for (let times = 0; ; times++) {
    const before = process.threadCpuUsage();
    try {
      outcome = act();
    } catch (error) {
      return `broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    }
    // The processor's time of this thread: on a busy machine the clock measures the others.
    const { user, system } = process.threadCpuUsage(before);
    shortest = Math.min(shortest, (user + system) / 1000);
    if (shortest <= boundMs) return outcome();
    // What is slow once may have been tidying up; what is slow three times is slow.
    if (times === 2) return `took ${Math.round(shortest)} ms`;
  }
}
