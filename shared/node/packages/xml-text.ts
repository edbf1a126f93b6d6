/** Attributes in the order they are given; an absent one is left out. */
export type Attributes = Readonly<Record<string, string | number | null>>;

export function start(name: string, attributes: Attributes = {}): string {
  return `<${name}${attributesText(attributes)}>`;
}

export function leaf(name: string, attributes: Attributes, text?: string): string {
  if (text === undefined) return `<${name}${attributesText(attributes)}/>`;
  return `<${name}${attributesText(attributes)}>${escaped(text)}</${name}>`;
}

export function around(name: string, attributes: Attributes, inside: readonly string[]): string {
  return `${start(name, attributes)}${inside.join('')}</${name}>`;
}

export function escaped(text: string): string {
  return text.replaceAll(/[&<>\r]/g, (found) => escapes[found] ?? found);
}

function attributesText(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => {
      if (value === null) return '';
      return ` ${name}="${String(value).replaceAll(/[&<>"\r\n\t]/g, (found) => escapes[found] ?? found)}"`;
    })
    .join('');
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

export const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
