import { filePaths, objectIdOf } from './layout.ts';
import type { Package } from './model.ts';
import { vietnamTime } from './moments.ts';
import { premisNamespace, representation, schemaInstance } from './names.ts';
import type { Software } from './write-mets.ts';
import { around, declaration, leaf, start } from './xml-text.ts';

/** PREMIS 3 of the package: what it is, what happened to it, and who did it. */
export function* packagePremis(given: Package, software: Software): Generator<string> {
  const id = objectIdOf(given);
  yield opening();
  yield `${around('premis:object', { 'xsi:type': 'premis:intellectualEntity' }, [
    identifier('object', id),
    ...given.events.map((_, index) => identifier('linkingEvent', eventId(index))),
  ])}\n`;
  for (const [index, { type, at, detail, by }] of given.events.entries()) {
    yield `${around('premis:event', {}, [
      identifier('event', eventId(index)),
      leaf('premis:eventType', {}, type),
      leaf('premis:eventDateTime', {}, vietnamTime(at)),
      around('premis:eventDetailInformation', {}, [leaf('premis:eventDetail', {}, detail)]),
      around('premis:eventOutcomeInformation', {}, [leaf('premis:eventOutcome', {}, 'success')]),
      identifier('linkingAgent', by),
      identifier('linkingObject', id),
    ])}\n`;
  }
  for (const name of new Set(given.events.map(({ by }) => by))) {
    const type = name === software.name ? 'software' : 'organization';
    yield `${around('premis:agent', {}, [
      identifier('agent', name),
      leaf('premis:agentName', {}, name),
      leaf('premis:agentType', {}, type),
      ...(type === 'software' ? [leaf('premis:agentVersion', {}, software.version)] : []),
    ])}\n`;
  }
  yield '</premis:premis>\n';
}

/** PREMIS 3 of the representation: every file with its hash, its size and the name people knew it by. */
export function* representationPremis(given: Package): Generator<string> {
  yield opening();
  yield `${around('premis:object', { 'xsi:type': 'premis:representation' }, [
    identifier('object', representation),
    relationship('is included in', objectIdOf(given)),
  ])}\n`;
  for (const document of given.documents) {
    const places = filePaths(document);
    for (const [place, { name, size, hash, type, role }] of document.files.entries()) {
      const path = places[place] ?? '';
      yield `${around('premis:object', { 'xsi:type': 'premis:file' }, [
        identifier('object', path),
        around('premis:significantProperties', {}, [
          leaf('premis:significantPropertiesType', {}, 'role'),
          leaf('premis:significantPropertiesValue', {}, role),
        ]),
        around('premis:objectCharacteristics', {}, [
          around('premis:fixity', {}, [
            leaf('premis:messageDigestAlgorithm', {}, 'SHA-256'),
            leaf('premis:messageDigest', {}, hash),
          ]),
          leaf('premis:size', {}, String(size)),
          around('premis:format', {}, [
            around('premis:formatDesignation', {}, [leaf('premis:formatName', {}, type)]),
          ]),
        ]),
        leaf('premis:originalName', {}, name),
        relationship('is included in', representation),
      ])}\n`;
    }
  }
  yield '</premis:premis>\n';
}

function opening(): string {
  return `${declaration}${start('premis:premis', {
    'xmlns:premis': premisNamespace,
    'xmlns:xsi': schemaInstance,
    'xsi:schemaLocation': `${premisNamespace} http://www.loc.gov/standards/premis/premis.xsd`,
    version: '3.0',
  })}\n`;
}

function eventId(index: number): string {
  return `event-${index + 1}`;
}

function identifier(of: string, value: string): string {
  return around(`premis:${of}Identifier`, {}, [
    leaf(`premis:${of}IdentifierType`, {}, 'local'),
    leaf(`premis:${of}IdentifierValue`, {}, value),
  ]);
}

function relationship(kind: string, to: string): string {
  return around('premis:relationship', {}, [
    leaf('premis:relationshipType', {}, 'structural'),
    leaf('premis:relationshipSubType', {}, kind),
    identifier('relatedObject', to),
  ]);
}
