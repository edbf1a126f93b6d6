export type PathParams = Readonly<Record<string, string>>;

/** Matches `/van-ban-den/:id?` against a path: the named parts, or null. A part ending in `?` may be missing. */
export function matchPath(pattern: string, path: string): PathParams | null {
  const wanted = partsOf(pattern);
  const given = partsOf(path);
  if (given.length > wanted.length) return null;
  const params: Record<string, string> = {};
  for (const [place, part] of wanted.entries()) {
    const value = given[place];
    if (value === undefined) {
      if (part.endsWith('?')) continue;
      return null;
    }
    if (part.startsWith(':')) params[part.slice(1).replace('?', '')] = decode(value);
    else if (part !== value) return null;
  }
  return params;
}

/** Fills a pattern: `/van-ban-den/:id?` with `{id}` or without. */
export function pathTo(pattern: string, params: PathParams = {}): string {
  const parts = partsOf(pattern).flatMap((part) => {
    if (!part.startsWith(':')) return [part];
    const value = params[part.slice(1).replace('?', '')];
    return value === undefined ? [] : [encodeURIComponent(value)];
  });
  return `/${parts.join('/')}`;
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
