/** Text that is nearly right: what every parser of ours is fed with besides valid input. */
import type { Random } from './random';

const ODD_CHARACTERS = [
  ' ', '\t', '\n', '\r', '\u0085', '\u00A0', '\uFEFF', '\u3000', '+', '-', '.', ',', '=', '<', '%', '_', '"', '\'', '\\', '\0', '\x7F', '\u200B', '\u00B5', '\u03BC',
  'é', 'ß', 'Ω', '中', '\uFFFD', '\uE000', '😀', '٣', 'e', 'E', 'i', 'K', 'k', 'm', 'n', 's', 'x', '0', '1', '9',
];

/** One character inserted, removed, replaced, doubled or swapped with the next. */
function mutateOnce(random: Random, text: string): string {
  const characters = Array.from(text);
  const at = random.int(0, characters.length);

  switch (random.int(0, 4)) {
  case 0:
    characters.splice(at, 0, random.pick(ODD_CHARACTERS));
    break;
  case 1:
    characters.splice(at, 1);
    break;
  case 2:
    characters.splice(at, 1, random.pick(ODD_CHARACTERS));
    break;
  case 3:
    characters.splice(at, 0, ...characters.slice(at, at + 1));
    break;
  default:
    characters.splice(at, 2, ...characters.slice(at, at + 2).reverse());
  }

  return characters.join('');
}

/** The text after one to three small accidents. */
export function mutate(random: Random, text: string): string {
  let mutated = text;

  for (let left = random.int(1, 3); left > 0; left--) {
    mutated = mutateOnce(random, mutated);
  }

  return mutated;
}

/** Decimal digits, leading zeros included; long runs of zeros and nines are frequent. */
export function digits(random: Random, min: number, max: number): string {
  const length = random.int(min, max);

  if (random.chance(0.15)) {
    return random.pick(['0', '9']).repeat(length);
  }

  return Array.from({ length }, () => random.int(0, 9)).join('');
}
