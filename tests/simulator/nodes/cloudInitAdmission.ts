import { parse } from 'yaml';
import type { KindCatalogue } from '../kinds/kind';
import type { Admission } from '../store/admission';
import { denied, invalid } from '../store/errors';
import type { FieldError } from '../store/errors';
import { isRecord, valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';

/** Files in `/oem` that Harvester itself lives by. */
const CRITICAL = ['90_custom.yaml', '99_settings.yaml', 'elemental.config', 'grubenv', 'harvester.config', 'install'];
const WEBHOOK = 'validator.harvester-node-manager-webhook';

const typeName = (value: unknown): string => Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value === 'object' ? 'object' : typeof value;

function checkType(spec: Record<string, unknown>, field: string, type: 'string' | 'object' | 'boolean', required: boolean): FieldError[] {
  const value = spec[field];

  if (value === undefined) {
    return required ? [{ field: `spec.${ field }`, message: 'Required value', reason: 'FieldValueRequired' }] : [];
  }

  return typeName(value) === type ? [] : [
    {
      field: `spec.${ field }`,
      message: `Invalid value: "${ typeName(value) }": spec.${ field } in body must be of type ${ type }: "${ typeName(value) }"`,
      reason: 'FieldValueTypeInvalid',
    },
  ];
}

/** The CRD's structural schema. */
function schemaErrors(object: KubeObject): FieldError[] {
  if (!isRecord(object.spec)) {
    return [{ field: 'spec', message: 'Required value', reason: 'FieldValueRequired' }];
  }
  const { spec } = object;
  const labels = isRecord(spec.matchSelector) ? Object.entries(spec.matchSelector).filter(([, value]) => typeof value !== 'string') : [];

  return [
    ...checkType(spec, 'matchSelector', 'object', true),
    ...checkType(spec, 'filename', 'string', true),
    ...checkType(spec, 'contents', 'string', true),
    ...checkType(spec, 'paused', 'boolean', false),
    ...labels.map(([key, value]) => ({
      field: `spec.matchSelector.${ key }`,
      message: `Invalid value: "${ typeName(value) }": spec.matchSelector.${ key } in body must be of type string: "${ typeName(value) }"`,
    })),
  ];
}

function isMapping(text: string): boolean {
  try {
    return isRecord(parse(text));
  } catch {
    return false;
  }
}

const filenameOf = (object: KubeObject): string => String(valueAt(object, 'spec.filename') ?? '');

/** What node-manager's CRD and webhooks make of a CloudInit. */
export function cloudInitAdmission(kinds: KindCatalogue): Admission {
  const kind = kinds.get('node.harvesterhci.io.cloudinit');

  return {
    kind,
    mutate(object) {
      if (isRecord(object.spec) && typeof object.spec.filename === 'string') {
        const name = object.spec.filename.split('/').pop() ?? '';

        object.spec = { ...object.spec, filename: /\.ya?ml$/.test(name) ? name : `${ name }.yaml` };
      }
    },
    validate(object, { operation, store }) {
      if (operation === 'DELETE') {
        return;
      }
      const errors = schemaErrors(object);

      if (errors.length > 0) {
        throw invalid(kind, object.metadata.name, errors);
      }
      const filename = filenameOf(object);

      if (CRITICAL.includes(filename) || CRITICAL.includes(filename.replace(/\.ya?ml$/, ''))) {
        throw denied(WEBHOOK, 'filename conflicts with a critical system-owned file');
      }
      if (store.list(kind).some((other) => other.metadata.name !== object.metadata.name && filenameOf(other) === filename)) {
        throw denied(WEBHOOK, 'filename already in use');
      }
      if (!isMapping(String(valueAt(object, 'spec.contents')))) {
        throw denied(WEBHOOK, 'could not parse document as yaml');
      }
    },
  };
}
