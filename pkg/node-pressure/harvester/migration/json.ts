/** A text, or a number. In valid JSON nothing else starts like these. */
const TEXT_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[-+.\deE]*/g;

/**
 * The same JSON with its numbers as texts: Go decodes the digits as written, JavaScript would round them first.
 * @throws SyntaxError if it is no JSON
 */
export function parseWithNumbersAsTexts(json: string): unknown {
  JSON.parse(json);

  return JSON.parse(json.replace(TEXT_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${ token }"`)));
}
