import type { Findings } from './findings.ts';
import { eventTypes, type PackageEvent } from './model.ts';
import { momentIn } from './moments.ts';
import { premisNamespace, schemaInstance } from './names.ts';
import type { XmlHandler } from './xml-reader.ts';

/** A file as PREMIS has it. */
export type PreservedFile = Readonly<{ path: string; hash: string; size: string }>;

export type Premis = Readonly<{ events: readonly PackageEvent[]; files: readonly PreservedFile[] }>;

export type PremisReading = Readonly<{ handler: XmlHandler; end: () => Premis }>;

type Order = Readonly<{ path: string; findings: Findings }>;

export function openPremis({ path, findings }: Order): PremisReading {
  const events: PackageEvent[] = [];
  const files: PreservedFile[] = [];
  let depth = 0;
  let text = '';
  let values = new Map<string, string>();
  let isFile = false;

  function closeEvent(): void {
    const type = eventTypes.find((known) => known === values.get('eventType'));
    const at = momentIn(values.get('eventDateTime') ?? '');
    const where = `${path}#${values.get('eventIdentifierValue') ?? 'event'}`;
    if (type === undefined) findings.add('premis-event', where);
    if (at === null) findings.add('time-form', where, { value: values.get('eventDateTime') ?? '' });
    const by = values.get('linkingAgentIdentifierValue') ?? '';
    if (type !== undefined && at !== null) {
      events.push({ type, at, by, detail: values.get('eventDetail') ?? '' });
    }
  }

  return {
    handler: {
      open: (tag) => {
        if (depth === 0 && (tag.local !== 'premis' || tag.uri !== premisNamespace)) {
          findings.add('xml-root', path, { name: 'premis' });
        }
        if (depth === 1) {
          values = new Map();
          isFile = tag.local === 'object' && (tag.attribute('type', schemaInstance) ?? '').endsWith(':file');
        }
        depth += 1;
        text = '';
      },
      close: (local) => {
        depth -= 1;
        if (depth > 1) values.set(local, text);
        text = '';
        if (depth !== 1) return;
        if (local === 'event') closeEvent();
        if (isFile) {
          files.push({
            path: values.get('objectIdentifierValue') ?? '',
            hash: values.get('messageDigest') ?? '',
            size: values.get('size') ?? '',
          });
        }
      },
      text: (more) => {
        text += more;
      },
    },
    end: () => ({ events, files }),
  };
}
