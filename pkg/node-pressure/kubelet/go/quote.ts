const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"', '\\': '\\\\', '\x07': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v',
};

/** What Go's strconv.IsPrint lets through: letters, marks, numbers, punctuation, symbols and the ASCII space. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/**
 * A text as Go's `%q` prints it (strconv.Quote): in double quotes, with everything unprintable escaped.
 * Halves of a surrogate pair standing alone become U+FFFD, as they do when Go decodes JSON.
 */
export function goQuote(text: string): string {
  return `"${ Array.from(text, quoteRune).join('') }"`;
}

function quoteRune(rune: string): string {
  const escape = ESCAPES[rune];

  if (escape !== undefined) {
    return escape;
  }
  if (PRINTABLE.test(rune)) {
    return rune;
  }

  const code = rune.codePointAt(0) as number;

  if (code < 0x80) {
    return `\\x${ hex(code, 2) }`;
  }
  if (code >= 0xD800 && code <= 0xDFFF) {
    return '\uFFFD';
  }

  return code > 0xFFFF ? `\\U${ hex(code, 8) }` : `\\u${ hex(code, 4) }`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
