import type { Column } from '../columns';

function column(name: string, sort: string, width: number, more: Partial<Column> = {}): Column {
  return { name, sort: [sort, 'nameSort'], search: false, width, tooltip: `nodePressure.migration.table.${ name }Tooltip`, ...more };
}

export const COLUMNS: readonly Column[] = [
  column('state', 'sort.state', 150, { search: ['stateLabels'], tooltip: undefined }),
  column('namespace', 'nameSort', 180, { search: ['id', 'machines'], tooltip: undefined }),
  column('left', 'sort.memoryLeft', 230),
  column('movable', 'sort.movable', 170),
  column('largest', 'sort.largest', 160),
];
