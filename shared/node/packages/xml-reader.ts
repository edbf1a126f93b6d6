import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { FindingCode } from './findings.ts';
import type { Limits } from './limits.ts';

export type Tag = Readonly<{
  uri: string;
  local: string;
  /** An attribute by its name in a namespace, or in none. */
  attribute: (local: string, uri?: string) => string | null;
}>;

export type XmlHandler = Readonly<{
  open: (tag: Tag) => void;
  close: (local: string) => void;
  text: (text: string) => void;
}>;

export type XmlReader = Readonly<{
  write: (bytes: Uint8Array) => void;
  /** What is wrong with it as XML; null where nothing is. */
  end: () => Readonly<{ code: FindingCode; line: number }> | null;
}>;

/** Reads a file while it goes by. No DOCTYPE, no entities, nothing fetched; after the first fault the rest passes unread. */
export function openXml(handler: XmlHandler, limits: Limits, mostBytes: number): XmlReader {
  const parser = new SaxesParser({ xmlns: true });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let fault: Readonly<{ code: FindingCode; line: number }> | null = null;
  let depth = 0;
  let tokenChars = 0;
  let bytesRead = 0;

  function stop(code: FindingCode): never {
    fault ??= { code, line: parser.line };
    throw new Stopped();
  }

  parser.on('error', ({ message }) => {
    stop(/undefined entity/.test(message) ? 'xml-entity' : 'xml-not-well-formed');
  });
  parser.on('doctype', () => stop('xml-doctype'));
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) stop('xml-encoding');
  });
  parser.on('opentag', (tag) => {
    tokenChars = 0;
    depth += 1;
    if (depth > limits.mostDepth) stop('xml-too-large');
    handler.open(tagOf(tag));
  });
  parser.on('closetag', ({ local }) => {
    tokenChars = 0;
    depth -= 1;
    handler.close(local);
  });
  for (const kind of ['text', 'cdata'] as const) {
    parser.on(kind, (text) => {
      tokenChars = 0;
      handler.text(text);
    });
  }
  for (const kind of ['comment', 'processinginstruction'] as const) {
    parser.on(kind, () => {
      tokenChars = 0;
    });
  }

  function carefully(work: () => void): void {
    if (fault !== null) return;
    try {
      work();
    } catch (error) {
      if (error instanceof Stopped) return;
      // The decoder meets bytes that are no UTF-8.
      if (!(error instanceof TypeError) || !('code' in error)) throw error;
      fault = { code: 'xml-encoding', line: parser.line };
    }
  }

  return {
    write: (bytes) => {
      carefully(() => {
        bytesRead += bytes.length;
        const text = decoder.decode(bytes, { stream: true });
        tokenChars += text.length;
        parser.write(text);
        if (bytesRead > mostBytes || tokenChars > limits.mostTokenChars + text.length) stop('xml-too-large');
      });
    },
    end: () => {
      carefully(() => {
        parser.write(decoder.decode());
        parser.close();
      });
      return fault;
    },
  };
}

class Stopped extends Error {}

function tagOf({ uri, local, attributes }: SaxesTagNS): Tag {
  return {
    uri,
    local,
    attribute: (name, space = '') => {
      for (const one of Object.values(attributes)) {
        if (one.local === name && one.uri === space) return one.value;
      }
      return null;
    },
  };
}
