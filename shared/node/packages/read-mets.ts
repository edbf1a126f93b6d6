import { HashSchema, type Hash, type Instant } from '../../kernel/public.ts';
import type { Findings } from './findings.ts';
import { momentIn } from './moments.ts';
import { csipNamespace, metsNamespace, xlinkNamespace } from './names.ts';
import { faultInPath } from './path-check.ts';
import type { Tag, XmlHandler } from './xml-reader.ts';

/** A file a METS speaks of: where it lies in the package, and what it is said to be. */
export type Reference = Readonly<{
  id: string;
  path: string;
  size: number | null;
  hash: Hash | null;
  use: string | null;
  type: string;
  name: string | null;
}>;

/** A reference to a description; `section` is what divisions name it by. */
export type Described = Reference & Readonly<{ section: string; of: string }>;

/** A document, as the logical map of the representation has it. */
export type Division = Readonly<{
  id: string;
  label: string;
  order: string | null;
  orderLabel: string | null;
  section: string | null;
  files: readonly string[];
}>;

export type Body = Readonly<{ role: string; type: string; name: string; code: string }>;

export type Mets = Readonly<{
  objectId: string;
  oais: string | null;
  createdAt: Instant | null;
  bodies: readonly Body[];
  otherIds: ReadonlyMap<string, string>;
  described: readonly Described[];
  files: readonly Reference[];
  pointers: readonly string[];
  divisions: readonly Division[];
}>;

export type MetsReading = Readonly<{ handler: XmlHandler; end: () => Mets | null }>;

type Order = Readonly<{ path: string; findings: Findings }>;

/** Reads a METS and tells what is wrong in it; paths in it start where it lies. */
export function openMets({ path, findings }: Order): MetsReading {
  const base = path.slice(0, path.lastIndexOf('/') + 1);
  const open: Tag[] = [];
  const texts: string[] = [];
  const ids = new Set<string>();
  const named: (readonly [string, string])[] = [];
  const found = {
    objectId: '',
    oais: null as string | null,
    createdAt: null as Instant | null,
    bodies: [] as Body[],
    otherIds: new Map<string, string>(),
    described: [] as Described[],
    files: [] as Reference[],
    pointers: [] as string[],
    divisions: [] as Division[],
  };
  let body = { role: '', type: '', name: '', code: '' };
  let section = '';
  let file: Tag | null = null;
  const divisions: { division: Division; files: string[] }[] = [];
  let isMets = false;

  const at = (what: string): string => `${path}#${what}`;

  function needed(tag: Tag, name: string, uri = ''): string {
    const value = tag.attribute(name, uri);
    if (value === null || value === '') findings.add('mets-value', at(tag.local), { name });
    return value ?? '';
  }

  /** Every reference has an id of its own, or two of them could be taken for each other. */
  function identify(tag: Tag): string {
    const id = tag.attribute('ID');
    if (id === null || id === '') {
      findings.add('mets-id-missing', at(tag.local));
      return '';
    }
    if (ids.has(id)) findings.add('mets-id-twice', at(id));
    ids.add(id);
    return id;
  }

  function name(list: string | null, by: string): void {
    for (const id of (list ?? '').split(/\s+/)) if (id !== '') named.push([id, by]);
  }

  function time(tag: Tag, name: string, where: string): Instant | null {
    const moment = momentIn(tag.attribute(name) ?? '');
    if (moment === null) findings.add('time-form', at(where), { value: tag.attribute(name) ?? '' });
    return moment;
  }

  function reference(tag: Tag, location: Tag, id: string): Reference {
    const where = id === '' ? location.local : id;
    if (location.attribute('LOCTYPE') !== 'URL') findings.add('mets-link-type', at(where));
    if (tag.attribute('CHECKSUMTYPE') !== 'SHA-256') {
      findings.add('mets-checksum-type', at(where), { value: tag.attribute('CHECKSUMTYPE') ?? '' });
    }
    const hash = HashSchema.safeParse((tag.attribute('CHECKSUM') ?? '').toLowerCase());
    if (!hash.success) findings.add('mets-checksum-form', at(where));
    const size = tag.attribute('SIZE');
    const isSize = size !== null && /^\d{1,15}$/.test(size);
    if (!isSize) findings.add('mets-size', at(where));
    time(tag, 'CREATED', where);
    return {
      id,
      path: target(location, where),
      size: isSize ? Number(size) : null,
      hash: hash.success ? hash.data : null,
      use: tag.attribute('USE'),
      type: tag.attribute('MIMETYPE') ?? '',
      name: location.attribute('title', xlinkNamespace),
    };
  }

  /** Where a link leads in the package; empty where it leads out of it. */
  function target(location: Tag, where: string): string {
    const href = location.attribute('href', xlinkNamespace) ?? '';
    const to = decoded(href);
    const isOutside = to === null || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(href) || faultInPath(to) !== null;
    if (!isOutside) return `${base}${to}`;
    findings.add('mets-link', at(where), { href: href.slice(0, 200) });
    return '';
  }

  function openRoot(tag: Tag): void {
    isMets = tag.local === 'mets' && tag.uri === metsNamespace;
    if (!isMets) {
      findings.add('xml-root', path, { name: 'mets' });
      return;
    }
    found.objectId = needed(tag, 'OBJID');
    for (const name of ['LABEL', 'TYPE', 'PROFILE']) needed(tag, name);
  }

  const opening: Readonly<Record<string, (tag: Tag) => void>> = {
    metsHdr: (tag) => {
      found.oais = tag.attribute('OAISPACKAGETYPE', csipNamespace);
      found.createdAt = time(tag, 'CREATEDATE', 'metsHdr');
    },
    agent: (tag) => {
      body = { role: needed(tag, 'ROLE'), type: needed(tag, 'TYPE'), name: '', code: '' };
    },
    dmdSec: (tag) => {
      section = identify(tag);
      time(tag, 'CREATED', section);
    },
    amdSec: (tag) => {
      section = identify(tag);
    },
    mdRef: (tag) => {
      const one = reference(tag, tag, section);
      const of = tag.attribute('OTHERMDTYPE') ?? needed(tag, 'MDTYPE');
      found.described.push({ ...one, section, of });
    },
    fileGrp: (tag) => {
      identify(tag);
      needed(tag, 'USE');
    },
    file: (tag) => {
      file = tag;
      name(tag.attribute('ADMID'), tag.attribute('ID') ?? 'file');
    },
    FLocat: (tag) => {
      if (file !== null) found.files.push(reference(file, tag, identify(file)));
    },
    div: (tag) => {
      const id = identify(tag);
      const section = tag.attribute('DMDID');
      name(section, id);
      name(tag.attribute('ADMID'), id);
      const files: string[] = [];
      const labels = { label: tag.attribute('LABEL') ?? '', order: tag.attribute('ORDER') };
      const orderLabel = tag.attribute('ORDERLABEL');
      const division = { id, ...labels, orderLabel, section, files };
      divisions.push({ division, files });
      if (tag.attribute('TYPE') === 'document') found.divisions.push(division);
    },
    fptr: (tag) => {
      const id = needed(tag, 'FILEID');
      name(id, 'fptr');
      divisions.at(-1)?.files.push(id);
    },
    mptr: (tag) => {
      const to = target(tag, 'mptr');
      if (tag.attribute('LOCTYPE') !== 'URL') findings.add('mets-link-type', at('mptr'));
      if (to !== '') found.pointers.push(to);
    },
  };

  const closing: Readonly<Record<string, (text: string, tag: Tag) => void>> = {
    name: (text) => {
      body.name = text;
    },
    note: (text, tag) => {
      if (tag.attribute('NOTETYPE', csipNamespace) === 'IDENTIFICATIONCODE') body.code = text;
    },
    agent: () => {
      found.bodies.push(body);
    },
    altRecordID: (text, tag) => {
      found.otherIds.set(tag.attribute('TYPE') ?? '', text);
    },
    div: () => {
      divisions.pop();
    },
    file: () => {
      file = null;
    },
  };

  return {
    handler: {
      open: (tag) => {
        if (open.length === 0) openRoot(tag);
        else if (tag.uri === metsNamespace) opening[tag.local]?.(tag);
        open.push(tag);
        texts.push('');
      },
      close: () => {
        const tag = open.pop();
        const text = texts.pop() ?? '';
        if (tag?.uri === metsNamespace) closing[tag.local]?.(text, tag);
        // Older makers write it as an element.
        if (tag?.uri === csipNamespace && tag.local === 'OAISPACKAGETYPE') found.oais ??= text;
      },
      text: (text) => {
        const last = texts.length - 1;
        if (last >= 0) texts[last] = (texts[last] ?? '') + text;
      },
    },
    end: () => {
      for (const [id, by] of named) if (!ids.has(id)) findings.add('mets-id-unknown', at(by), { id });
      return isMets ? found : null;
    },
  };
}

function decoded(href: string): string | null {
  try {
    return decodeURIComponent(href.replace(/^\.\//, ''));
  } catch {
    return null;
  }
}
