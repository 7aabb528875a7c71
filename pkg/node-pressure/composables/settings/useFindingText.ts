import { findingParams, someNames } from '../../planner/settings/findingDisplay';
import type { Finding } from '../../planner/settings/finding';
import { useText } from '../useText';

export interface FindingTexts {
  /** What is the matter. */
  what(finding: Finding): string;
  /** How to mend it. */
  mend(finding: Finding): string;
  /** On which nodes; empty where nodes make no difference. */
  where(finding: Finding): string;
}

/** A finding in the user's language. Call in `setup`. */
export function useFindingText(): FindingTexts {
  const { t } = useText();

  return {
    what:  (finding) => t(`settings.finding.${ finding.code }.what`, findingParams(finding)),
    mend:  (finding) => t(`settings.finding.${ finding.code }.mend`, findingParams(finding)),
    where: ({ nodes = [] }) => (nodes.length > 0 ? t('settings.finding.where', { ...someNames(nodes) }) : ''),
  };
}
