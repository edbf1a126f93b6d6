import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConnectionsSchema, type Connection, type KindNames } from '#shared/exchange/public.ts';
import { AppError } from '#shared/kernel/public.ts';

const catalogues = join(import.meta.dirname, '../../../resources/catalogues');

/** The tables of one connection; the first in the file where none is named. */
export function connectionNamed(id: string | null): Connection {
  const { connections } = ConnectionsSchema.parse(jsonIn('edxml-connections.json'));
  const found = id === null ? connections[0] : connections.find((one) => one.id === id);
  if (found === undefined) {
    const known = connections.map((one) => one.id).join(', ');
    throw new AppError('exchange.unknown-connection', { id: id ?? '', known });
  }
  return found;
}

let names: ReadonlyMap<string, string> | null = null;

/** Names of kinds as the catalogue of the decree has them. */
export const nameOfKind: KindNames = (kind) => {
  names ??= readKinds();
  return names.get(kind) ?? null;
};

function readKinds(): ReadonlyMap<string, string> {
  const { kinds } = jsonIn('document-types.json') as Readonly<{
    // The file ships with the program.
    kinds: readonly Readonly<{ code: string; name: string }>[];
  }>;
  return new Map(kinds.map(({ code, name }) => [code, name]));
}

function jsonIn(name: string): unknown {
  return JSON.parse(readFileSync(join(catalogues, name), 'utf8'));
}
