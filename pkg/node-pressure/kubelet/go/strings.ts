/** Go's view of text: bytes of UTF-8, where JavaScript has UTF-16. Half a surrogate pair counts as U+FFFD. */

/** What Go's unicode.IsSpace accepts (JavaScript's trim() differs: it takes U+FEFF and leaves U+0085). */
const SPACE = '[\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]';
const STARTS_WITH_SPACE = new RegExp(`^${ SPACE }`);
const IS_SPACE = new RegExp(`^${ SPACE }$`);

/** The bytes of one code point's UTF-8. */
export function utf8Bytes(rune: string): number[] {
  const written = rune.codePointAt(0) as number;
  const code = written >= 0xD800 && written <= 0xDFFF ? 0xFFFD : written;

  if (code < 0x80) {
    return [code];
  }
  if (code < 0x800) {
    return [0xC0 | (code >> 6), 0x80 | (code & 0x3F)];
  }
  if (code < 0x10000) {
    return [0xE0 | (code >> 12), 0x80 | ((code >> 6) & 0x3F), 0x80 | (code & 0x3F)];
  }

  return [0xF0 | (code >> 18), 0x80 | ((code >> 12) & 0x3F), 0x80 | ((code >> 6) & 0x3F), 0x80 | (code & 0x3F)];
}

/** len(text) in Go: bytes. */
export function utf8Length(text: string): number {
  let length = 0;

  for (const rune of text) {
    length += utf8Bytes(rune).length;
  }

  return length;
}

/** Whether the text's first character is white space to Go. */
export function startsWithSpace(text: string): boolean {
  return STARTS_WITH_SPACE.test(text);
}

/** strings.TrimSpace. */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;

  while (start < end && IS_SPACE.test(text.charAt(start))) {
    start++;
  }
  while (end > start && IS_SPACE.test(text.charAt(end - 1))) {
    end--;
  }

  return text.slice(start, end);
}

/** Go's order of strings, for sort(): byte by byte, which for UTF-8 is by code point. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);

  for (let i = 0; i < length; i++) {
    const difference = codePointOrder(a.charCodeAt(i)) - codePointOrder(b.charCodeAt(i));

    if (difference !== 0) {
      return difference;
    }
  }

  return a.length - b.length;
}

/** A UTF-16 unit moved so that surrogates, which stand for code points above U+FFFF, come after all others. */
function codePointOrder(unit: number): number {
  return unit >= 0xD800 && unit <= 0xDFFF ? unit + 0x10000 : unit;
}
