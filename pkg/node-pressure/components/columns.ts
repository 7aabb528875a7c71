/** One of the overview's columns, as the shell's SortableTable reads them once it has a label. */
export interface Column {
  readonly name: string;
  /** A text's key, in full. */
  readonly tooltip?: string;
  readonly sort?: readonly string[];
  readonly search?: readonly string[] | false;
  readonly width?: number;
}

function column(name: string, sort: string, width: number, more: Partial<Column> = {}): Column {
  return { name, sort: [sort, 'nameSort'], search: false, width, tooltip: `nodePressure.table.${ name }Tooltip`, ...more };
}

export const COLUMNS: readonly Column[] = [
  column('state', 'sort.state', 150, { search: ['stateLabel', 'report.pressures', 'gapsLabel'], tooltip: undefined }),
  column('node', 'nameSort', 110, { search: ['report.name', 'roleLabel'], tooltip: undefined }),
  column('memory', 'sort.used', 170),
  column('margin', 'sort.margin', 160, { search: ['first.namespace', 'first.name', 'first.vm'] }),
  column('thresholds', 'sort.threshold', 140),
  column('reserved', 'sort.reserved', 120),
  column('allocatable', 'sort.allocatable', 100),
  column('drift', 'sort.drift', 140, { search: ['driftLabel', 'drift.policy'] }),
];

/** Columns whose order is only right once every kubelet was read. */
export const EXACT_COLUMNS: readonly string[] = ['margin', 'thresholds', 'reserved', 'drift'];
