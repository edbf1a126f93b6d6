import { getSchema } from '@tiptap/core';
import { yXmlFragmentToProseMirrorRootNode, prosemirrorToYXmlFragment } from '@tiptap/y-tiptap';
import {
  type Arbitrary,
  array,
  assert,
  constant,
  nat,
  oneof,
  property,
  record,
  string,
  tuple,
} from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import * as Y from 'yjs';
import { templates } from '#electron/features/drafting/templates.ts';
import { draftExtensions } from '#renderer/features/drafting/draft-extensions.ts';
import {
  WorkingDraftSchema,
  addAppendix,
  appendicesOf,
  fromEditor,
  readDraft,
  rewrittenTo,
  textOf,
  writeFields,
} from '#shared/drafting/public.ts';
import { aWorkingDraft, paragraph } from '../../support/drafts.ts';

const schema = getSchema(draftExtensions(new Y.Doc().getXmlFragment('text')));

function docWith(...updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

const everything = {
  type: 'doc',
  content: [
    { type: 'article', content: [{ type: 'text', text: 'Phạm vi' }] },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'chữ ' },
        { type: 'text', text: 'đậm', marks: [{ type: 'bold' }] },
        { type: 'text', text: ' và ', marks: [{ type: 'bold' }, { type: 'italic' }] },
        { type: 'hardBreak' },
        { type: 'text', text: 'dòng sau' },
      ],
    },
    {
      type: 'bulletList',
      content: [{ type: 'listItem', content: [paragraph('một'), paragraph('hai')] }],
    },
    {
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: [
            { type: 'tableHeader', attrs: { colspan: 2, rowspan: 1 }, content: [paragraph('Tên')] },
            { type: 'tableCell', content: [paragraph('Số')] },
          ],
        },
      ],
    },
    { type: 'paragraph' },
  ],
};

describe('a draft among several writers', () => {
  it('reads as it was written, every field and every part of its text', () => {
    const draft = aWorkingDraft({
      body: everything,
      circulation: 'internal',
      appendices: [{ title: 'Danh sách', body: { type: 'doc', content: [paragraph('A')] } }],
    });
    expect(WorkingDraftSchema.parse(readDraft(docWith(rewrittenTo(draft, null))))).toEqual(draft);
  });

  test.each(templates.map(({ id, body }) => [id, body] as const))(
    'the editor shows the template %s as it is, and writes it the same way',
    (_id, body) => {
      const ours = docWith(rewrittenTo(aWorkingDraft({ body }), null));
      const shown = yXmlFragmentToProseMirrorRootNode(textOf(ours), schema);
      shown.check();
      expect(fromEditor(shown.toJSON())).toEqual(fromEditor(body));
      const editors = new Y.Doc();
      prosemirrorToYXmlFragment(schema.nodeFromJSON(body), textOf(editors));
      expect(fromEditor(readDraft(editors).body)).toEqual(fromEditor(body));
    },
  );

  it('holds what the editor’s own binding holds, node for node', () => {
    const editors = new Y.Doc();
    prosemirrorToYXmlFragment(schema.nodeFromJSON(everything), textOf(editors));
    const ours = docWith(rewrittenTo(aWorkingDraft({ body: everything }), null));
    const shown = yXmlFragmentToProseMirrorRootNode(textOf(ours), schema);
    const theirs = yXmlFragmentToProseMirrorRootNode(textOf(editors), schema);
    expect(shown.toJSON()).toEqual(theirs.toJSON());
  });

  it('writes nothing where nothing differs', () => {
    const first = rewrittenTo(aWorkingDraft({ body: everything }), null);
    const before = docWith(first);
    const after = docWith(first, rewrittenTo(aWorkingDraft({ body: everything }), first));
    expect(Y.encodeStateVector(after)).toEqual(Y.encodeStateVector(before));
  });

  it('stands there twice when it was begun twice: only its creator writes the first words', () => {
    const twice = docWith(rewrittenTo(aWorkingDraft(), null), rewrittenTo(aWorkingDraft(), null));
    expect(fromEditor(readDraft(twice).body)).toHaveLength(2);
  });

  it('says nothing of a field that was taken back', () => {
    const doc = docWith(rewrittenTo(aWorkingDraft({ circulation: 'return' }), null));
    writeFields(doc, { circulation: undefined });
    expect(WorkingDraftSchema.parse(readDraft(doc)).circulation).toBeUndefined();
  });
});

/** What somebody may do to a draft at their own machine. */
const doing = oneof(
  record({ does: constant('write' as const), text: string({ minLength: 1 }), at: nat(20) }),
  record({ does: constant('remove' as const), at: nat(20) }),
  record({ does: constant('say' as const), subject: string() }),
  record({ does: constant('append' as const), text: string() }),
  record({ does: constant('meet' as const), other: nat(2) }),
);

type Doing = typeof doing extends Arbitrary<infer One> ? One : never;

function act(doc: Y.Doc, what: Exclude<Doing, { does: 'meet' }>): void {
  const text = textOf(doc);
  switch (what.does) {
    case 'write': {
      const made = new Y.XmlElement('paragraph');
      made.insert(0, [new Y.XmlText(what.text)]);
      text.insert(Math.min(what.at, text.length), [made]);
      break;
    }
    case 'remove':
      if (text.length > 0) text.delete(what.at % text.length, 1);
      break;
    case 'say':
      writeFields(doc, { subject: what.subject });
      break;
    case 'append':
      addAppendix(doc, what.text, { type: 'doc', content: [paragraph(what.text || '-')] });
      break;
  }
}

test('whatever three people do, apart or together, they end with one draft, whole and with nobody’s words lost', () => {
  assert(
    property(array(tuple(nat(2), doing), { maxLength: 40 }), (story) => {
      const first = rewrittenTo(aWorkingDraft(), null);
      const docs = [docWith(first), docWith(first), docWith(first)] as const;
      const all: Uint8Array[] = [first];
      for (const doc of docs) doc.on('update', (update: Uint8Array) => all.push(update));
      const written = new Set<string>();
      const removed = { any: false };
      for (const [who, what] of story) {
        const doc = docs[who] ?? docs[0];
        if (what.does === 'meet') Y.applyUpdate(doc, Y.encodeStateAsUpdate(docs[what.other] ?? docs[0]));
        else act(doc, what);
        if (what.does === 'write') written.add(what.text);
        if (what.does === 'remove') removed.any = true;
      }
      // Everything in another order, and twice: nothing depends on either.
      const late = docWith(...all.toReversed(), ...all);
      for (const doc of docs) for (const update of all) Y.applyUpdate(doc, update);
      const draft = readDraft(late);
      for (const doc of docs) expect(readDraft(doc)).toEqual(draft);
      expect(WorkingDraftSchema.safeParse(draft).success).toBe(true);
      const said = JSON.stringify(draft);
      if (!removed.any) for (const text of written) expect(said).toContain(JSON.stringify(text).slice(1, -1));
      expect(appendicesOf(late)).toHaveLength(story.filter(([, { does }]) => does === 'append').length);
    }),
    { numRuns: 200 },
  );
});
