import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ref, type Act, type Hash } from '#shared/kernel/public.ts';
import { namedFiles } from '#shared/sync/public.ts';
import { aFile, ids, someDestruction } from '../../support/builders.ts';

const papers = Array.from({ length: 4 }, () => ids.document());
const files = Array.from({ length: 6 }, (_none, n) => aFile(n + 1));

test('a destroyed paper speaks of nothing any more, and bytes that anything else has as well stay', () => {
  const naming = fc.record({ paper: fc.nat(4), file: fc.nat(5) });
  fc.assert(
    fc.property(fc.array(naming, { maxLength: 30 }), fc.array(fc.nat(3), { maxLength: 4 }), (named, gone) => {
      const told = namedFiles();
      // The fifth that names files is no paper: an agency's root, a proof of somewhere else.
      const on = (n: number) => (papers[n] === undefined ? ref('agency', 'x') : ref('document', papers[n]));
      const speak = ({ paper, file }: { paper: number; file: number }): Act => ({
        type: 'x',
        on: on(paper),
        body: { file: files[file] },
      });
      told.add(named.map(speak));
      told.add(gone.map((n) => ({ type: 'documentDestroyed', on: on(n), body: someDestruction() })));
      const left = named.filter(({ paper }) => !gone.includes(paper));
      const of = (some: typeof named) => new Set(some.flatMap(({ file }) => files[file]?.hash ?? []));
      const living = of(left);
      expect(told.files()).toEqual(living);
      const lost = [...of(named)].filter((hash: Hash) => !living.has(hash));
      expect(told.destroyed()).toEqual(new Set(lost));
    }),
  );
});
