import { KubeletError } from '../../../pkg/node-pressure/kubelet/errors';
import { type Format, newQuantity, parseQuantity, type Quantity } from '../../../pkg/node-pressure/kubelet/quantity';
import { integer, text } from '../fields';
import type { Operation, Output } from '../protocol';

function describe(quantity: Quantity): Output {
  return {
    ok:         true,
    string:     quantity.toString(),
    format:     quantity.format,
    value:      String(quantity.value()),
    milliValue: String(quantity.milliValue()),
  };
}

const combine = (calculate: (a: Quantity, b: Quantity) => Quantity): Operation => ({ a, b }) => {
  const result = calculate(parseQuantity(text(a)), parseQuantity(text(b)));

  return { string: result.toString(), format: result.format };
};

export const ops: Record<string, Operation> = {
  'quantity.parse': ({ input }) => {
    try {
      return describe(parseQuantity(text(input)));
    } catch (error) {
      if (error instanceof KubeletError) {
        return { ok: false, error: error.message };
      }
      throw error;
    }
  },
  'quantity.new': ({ value, format }) => ({ string: newQuantity(integer(value), text(format) as Format).toString() }),
  'quantity.add': combine((a, b) => a.add(b)),
  'quantity.sub': combine((a, b) => a.sub(b)),
  'quantity.cmp': ({ a, b }) => ({ cmp: parseQuantity(text(a)).cmp(parseQuantity(text(b))) }),
};
