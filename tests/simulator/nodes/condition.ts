/**
 * The shell conditions that a yip step's `if:` may hold. Nothing is executed: a tiny part of the shell's language is
 * interpreted, and everything else refused.
 *
 *     condition  = test { ("&&" | "||") test }        from left to right, as in the shell
 *     test       = [ "!" ] ( "[" expression "]" | "test" expression )
 *     expression = [ "!" ] ( "-e" | "-f" ) PATH  |  NUMBER ( "-eq" "-ne" "-lt" "-le" "-gt" "-ge" ) NUMBER
 *     NUMBER     = digits | "$(awk '/^MemTotal:/ {print $2}' /proc/meminfo)"     KiB; quotes and spaces may vary
 */
import { NotSimulated } from './notSimulated';

/** What a condition can ask of a node. */
export interface ConditionContext {
  exists(path: string): boolean;
  /** MemTotal in /proc/meminfo, KiB. */
  memTotalKib: number;
}

const MEM_TOTAL = /"?\$\(\s*awk\s+'\/\^?MemTotal:?\/\s*\{\s*print\s+\$2;?\s*\}'\s+\/proc\/meminfo\s*\)"?/g;
const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};

function tokenize(text: string, memTotalKib: number): string[] {
  const tokens = text.replace(MEM_TOTAL, String(memTotalKib)).match(/"[^"$`\\]*"|'[^']*'|[^\s"'$`\\;|&<>(){}*?]+|&&|\|\|/g) ?? [];
  // What the tokens leave over is a part of the shell that is not simulated
  const rest = tokens.reduce((left, token) => left.replace(token, ''), text.replace(MEM_TOTAL, String(memTotalKib))).trim();

  if (rest !== '' || tokens.length === 0) {
    throw new NotSimulated(`the shell condition ${ JSON.stringify(text) }`);
  }

  return tokens.map((token) => token.replace(/^(["'])(.*)\1$/s, '$2'));
}

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly string[], private readonly text: string, private readonly context: ConditionContext) {}

  condition(): boolean {
    let result = this.test();

    for (let operator = this.next(); operator !== undefined; operator = this.next()) {
      if (operator !== '&&' && operator !== '||') {
        throw this.refuse();
      }
      const right = this.test();

      result = operator === '&&' ? result && right : result || right;
    }

    return result;
  }

  private test(): boolean {
    const word = this.next();

    if (word === '!') {
      return !this.test();
    }
    if (word !== '[' && word !== 'test') {
      throw this.refuse();
    }
    const result = this.expression();

    if (word === '[' && this.next() !== ']') {
      throw this.refuse();
    }

    return result;
  }

  private expression(): boolean {
    const first = this.next() ?? '';

    if (first === '!') {
      return !this.expression();
    }
    const second = this.next() ?? '';

    if ((first === '-e' || first === '-f') && second.startsWith('/')) {
      return this.context.exists(second);
    }
    const compare = COMPARISONS[second];
    const third = this.next() ?? '';

    if (!compare || !/^-?\d+$/.test(first) || !/^-?\d+$/.test(third)) {
      throw this.refuse();
    }

    return compare(Number(first), Number(third));
  }

  private next(): string | undefined {
    return this.tokens[this.at++];
  }

  private refuse(): NotSimulated {
    return new NotSimulated(`the shell condition ${ JSON.stringify(this.text) }`);
  }
}

/** @throws NotSimulated for anything but the language above */
export function evaluateCondition(text: string, context: ConditionContext): boolean {
  return new Parser(tokenize(text, context.memTotalKib), text, context).condition();
}
