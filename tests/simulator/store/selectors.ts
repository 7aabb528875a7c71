import { badRequest } from './errors';
import { valueAt } from './objects';
import type { KubeObject } from './objects';

export type Predicate = (object: KubeObject) => boolean;

/** Splits at commas outside parentheses. */
export function splitTop(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function requirement(text: string): Predicate {
  const set = /^([\w./-]+)\s+(in|notin)\s+\(([^)]*)\)$/i.exec(text);
  const label = (object: KubeObject, key: string): string | undefined => object.metadata.labels?.[key];

  if (set) {
    const [, key = '', operator = '', list = ''] = set;
    const values = list.split(',').map((value) => value.trim());
    const isIn = (object: KubeObject): boolean => values.includes(label(object, key) ?? '\0');

    return operator.toLowerCase() === 'in' ? isIn : (object) => !isIn(object);
  }
  const equality = /^([\w./-]+)\s*(==|=|!=)\s*([\w.-]*)$/.exec(text);

  if (equality) {
    const [, key = '', operator, value = ''] = equality;

    return operator === '!=' ? (object) => label(object, key) !== value : (object) => label(object, key) === value;
  }
  const existence = /^(!?)\s*([\w./-]+)$/.exec(text);

  if (!existence) {
    throw badRequest(`unable to parse requirement: ${ text }`);
  }
  const [, negated, key = ''] = existence;

  return (object) => (label(object, key) !== undefined) === (negated === '');
}

/** labels.Parse: equality and set requirements, all of which must hold. */
export function labelSelector(text: string | null): Predicate {
  const requirements = splitTop(text ?? '').map(requirement);

  return (object) => requirements.every((holds) => holds(object));
}

/** meta/v1 LabelSelector's matchLabels: every label has exactly this value. */
export function matchesLabels(object: KubeObject, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => object.metadata.labels?.[key] === value);
}

/** Fields that the API server selects by, besides metadata.name and metadata.namespace. */
const SELECTABLE: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName', 'status.phase', 'status.podIP'],
  Event: ['involvedObject.kind', 'involvedObject.name', 'involvedObject.namespace', 'involvedObject.uid', 'reason', 'type', 'source'],
  Node: ['spec.unschedulable'],
  Namespace: ['status.phase'],
};

export interface FieldRequirement {
  path: string;
  value: string;
  equal: boolean;
}

/** fields.ParseSelector, limited to the fields that the kind can be selected by. */
export function fieldRequirements(kind: string, text: string | null): FieldRequirement[] {
  const allowed = new Set(['metadata.name', 'metadata.namespace', ...(SELECTABLE[kind] ?? [])]);

  return splitTop(text ?? '').map((part) => {
    const match = /^([^=!]+)(==|=|!=)(.*)$/.exec(part);

    if (!match) {
      throw badRequest(`invalid selector: '${ part }'; can't understand '${ part }'`);
    }
    const [, path = '', operator, value = ''] = match;

    if (!allowed.has(path)) {
      throw badRequest(`field label not supported: ${ path }`);
    }

    return { path, value, equal: operator !== '!=' };
  });
}

/** Events are selected by `source` where it says its component, or else who reports them (pkg/registry/core/event). */
function fieldOf(object: KubeObject, path: string): unknown {
  if (object.kind === 'Event' && path === 'source') {
    return valueAt(object, 'source.component') || valueAt(object, 'reportingComponent');
  }

  return valueAt(object, path);
}

export function matchesFields(object: KubeObject, requirements: readonly FieldRequirement[]): boolean {
  return requirements.every(({ path, value, equal }) => (String(fieldOf(object, path) ?? '') === value) === equal);
}
