import { KubeletError } from '../errors';
import { compareStrings } from '../go/strings';
import { applyCommandLine } from './commandLine';
import { decodeStruct, zeroFields } from './decode';
import { defaultConfiguration, DEFAULT_EVICTION_HARD, setDefaults } from './defaults';
import { encodeStruct } from './encode';
import { featureGates } from './featureGates';
import { isJsonObject, type JsonObject } from './json';
import { mergePatch } from './mergePatch';
import { SCHEMA } from './schema';
import type { KubeletConfiguration } from './types';
import { LATEST_MINOR } from './version';
import { parseDocument } from './yaml';

/** What a kubelet is started with. */
export interface KubeletInput {
  /** Text of the file that `--config` names; absent or empty for none. */
  readonly configFile?: string;
  /** Texts of the files below the folder that `--config-dir` names, by path from there; absent for no such folder. */
  readonly dropIns?: Readonly<Record<string, string>>;
  /** The command line, without `--config` and `--config-dir`. */
  readonly args?: readonly string[];
  /** The kubelet's minor version, 30 to 36. */
  readonly minor?: number;
}

const API_VERSION = 'kubelet.config.k8s.io/v1beta1';
const KIND = 'KubeletConfiguration';
const DROP_IN_SUFFIX = '.conf';
/** Since when a file may ask for the default thresholds beside its own. */
const MERGE_EVICTION_SINCE = 33;

/**
 * The configuration that a kubelet starts with. Follows NewKubeletCommand in cmd/kubelet/app/server.go: defaults and
 * command line; the file replaces all of that; drop-ins are merged over it; the command line once more on top.
 *
 * Only the file gets default hard thresholds, and only when it names none (or asks for them with
 * `mergeDefaultEvictionSettings`). A map flag replaces the whole map of the layers below.
 *
 * @throws KubeletError: the kubelet's own text for a wrong command line or feature gate; for a file that cannot be read
 *   the reason in our words. Whether the result is valid is validateKubeletConfiguration's question
 */
export function loadKubeletConfiguration({ configFile = '', dropIns, args = [], minor = LATEST_MINOR }: KubeletInput): KubeletConfiguration {
  const fromFlags = applyCommandLine(defaultConfiguration(minor), args, minor);

  checkGates(fromFlags, minor);
  if (configFile === '' && !dropIns) {
    return fromFlags;
  }

  const gatesOfFlags = fromFlags.featureGates ?? {};
  const fromFile = configFile === '' ? fromFlags : loadConfigFile(configFile, gatesOfFlags, minor);
  const merged = dropIns ? mergeDropIns(fromFile, dropIns, gatesOfFlags, minor) : fromFile;
  const configuration = withGatesOf(merged, applyCommandLine(merged, args, minor));

  checkGates(configuration, minor);

  return configuration;
}

function checkGates(configuration: KubeletConfiguration, minor: number): void {
  explain('failed to set feature gates from initial flags-based config', () => featureGates(configuration.featureGates, minor));
}

/** A flag's gates are added to those of the files, one by one, unlike any other map. */
function withGatesOf(files: KubeletConfiguration, configuration: KubeletConfiguration): KubeletConfiguration {
  return files.featureGates ? { ...configuration, featureGates: { ...files.featureGates, ...configuration.featureGates } } : configuration;
}

/** Follows loadConfigFile: strict reading is tried first, but a lenient one counts, so unknown and doubled keys pass. */
function loadConfigFile(text: string, gatesOfFlags: Readonly<Record<string, boolean>>, minor: number): KubeletConfiguration {
  return explain('failed to load kubelet config file', () => {
    const json = parseDocument(text, 'lastWins');
    const { apiVersion, kind } = isJsonObject(json) ? typeMeta(json) : {};

    requireType(apiVersion, kind);

    const fields = decodeStruct(SCHEMA, json, zeroFields(SCHEMA), 'exact', KIND);
    const configuration = setDefaults(fields, minor, gatesOfFlags);

    return { ...configuration, evictionHard: withDefaultEvictionHard(configuration, minor) };
  });
}

function withDefaultEvictionHard({ evictionHard, mergeDefaultEvictionSettings }: KubeletConfiguration, minor: number): KubeletConfiguration['evictionHard'] {
  if (evictionHard === null) {
    return DEFAULT_EVICTION_HARD;
  }

  return mergeDefaultEvictionSettings && minor >= MERGE_EVICTION_SINCE ? { ...DEFAULT_EVICTION_HARD, ...evictionHard } : evictionHard;
}

/**
 * Follows mergeKubeletConfigurations. The configuration is written out as JSON for it, which forgets empty maps and
 * lists, and defaults are set anew afterwards: `enforceNodeAllocatable: []` of the file becomes `[pods]` here.
 */
function mergeDropIns(configuration: KubeletConfiguration, dropIns: Readonly<Record<string, string>>, gatesOfFlags: Readonly<Record<string, boolean>>, minor: number): KubeletConfiguration {
  return explain('failed to merge kubelet configs', () => {
    const merged = Object.entries(dropIns)
      .filter(([path]) => path.endsWith(DROP_IN_SUFFIX))
      .sort(([a], [b]) => compareWalk(a, b))
      .reduce((json, [, text]) => mergePatch(json, parseDropIn(text)), encodeStruct(SCHEMA, configuration));
    const sorted = Object.fromEntries(Object.entries(merged).sort(([a], [b]) => compareStrings(a, b)));

    return setDefaults(decodeStruct(SCHEMA, sorted, zeroFields(SCHEMA), 'anyCase', KIND), minor, gatesOfFlags);
  });
}

/** The order of filepath.WalkDir: names of one folder in order, what is below a folder in its place. */
function compareWalk(a: string, b: string): number {
  return compareStrings(a.replaceAll('/', '\0'), b.replaceAll('/', '\0'));
}

function parseDropIn(text: string): JsonObject {
  const json = parseDocument(text, 'refused');

  if (!isJsonObject(json)) {
    throw new KubeletError('Object \'Kind\' is missing');
  }
  typeMeta(json);
  requireType(json.apiVersion, json.kind);

  return json;
}

/** Version and kind are looked for in any case, and must be texts. */
function typeMeta(json: JsonObject): { apiVersion?: unknown; kind?: unknown } {
  return decodeStruct({ apiVersion: 'string', kind: 'string' }, json, {}, 'anyCase', '');
}

function requireType(apiVersion: unknown, kind: unknown): void {
  if (apiVersion !== API_VERSION || kind !== KIND) {
    throw new KubeletError(`unknown apiVersion/kind: ${ String(apiVersion) }, Kind=${ String(kind) }`);
  }
}

function explain<T>(prefix: string, attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    throw new KubeletError(`${ prefix }: ${ (error as KubeletError).message }`);
  }
}
