import { expect, test } from 'vitest';
import { matchPath, pathTo } from '#renderer/app/paths.ts';

test('a pattern names its parts, and the last may be missing', () => {
  expect(matchPath('/van-ban-den/:id?', '/van-ban-den')).toEqual({});
  expect(matchPath('/van-ban-den/:id?', '/van-ban-den/018f')).toEqual({ id: '018f' });
  expect(matchPath('/van-ban-den/:id?', '/van-ban-di/018f')).toBeNull();
  expect(matchPath('/van-ban-den/:id?', '/van-ban-den/018f/them')).toBeNull();
  expect(matchPath('/quan-tri/:part', '/quan-tri')).toBeNull();
});

test('a filled pattern is read back as it was', () => {
  expect(pathTo('/van-ban-den/:id?')).toBe('/van-ban-den');
  expect(matchPath('/so/:book', pathTo('/so/:book', { book: 'quyết định/1' }))).toEqual({
    book: 'quyết định/1',
  });
});
