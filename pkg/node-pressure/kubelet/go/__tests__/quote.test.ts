import { goQuote } from '../quote';

/** What strconv.Quote of Go 1.26 answers, observed. */
describe('goQuote', () => {
  it.each([
    ['', '""'],
    ['a b', '"a b"'],
    ['"\\', '"\\"\\\\"'],
    ['\x07\b\f\n\r\t\v', '"\\a\\b\\f\\n\\r\\t\\v"'],
    ['\x00\x1b\x7f', '"\\x00\\x1b\\x7f"'],
    ['é节点😀', '"é节点😀"'],
    ['\x80\u00a0\u200b\u2028', '"\\u0080\\u00a0\\u200b\\u2028"'],
    ['\u{E0001}', '"\\U000e0001"'],
    ['\ud800', '"\uFFFD"'],
    ['\uFFFD', '"\uFFFD"'],
  ])('quotes %j', (text, expected) => {
    expect(goQuote(text)).toBe(expected);
  });
});
