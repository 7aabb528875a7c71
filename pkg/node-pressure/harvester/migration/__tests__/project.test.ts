import { isManagedByRancher, projectName, projectOf, type Project } from '../project';
import type { Namespace } from '../objects';

const inProject = (id?: string): Namespace => ({ metadata: { name: 'prod', annotations: id === undefined ? null : { 'field.cattle.io/projectId': id } } });
const project: Project = { metadata: { namespace: 'c-1', name: 'p-1' } };

it.each([
  ['c-1:p-1', 'p-1'],
  ['c-0:p-1', undefined],
  ['c-1:', undefined],
  ['c-1', undefined],
  [undefined, undefined],
])('%s in c-1 is project %s', (id, name) => {
  expect(projectName(inProject(id), 'c-1')).toBe(name);
});

it('is managed only from outside', () => {
  expect([isManagedByRancher(inProject('c-1:p-1'), 'c-1'), isManagedByRancher(inProject('local:p-1'), 'local'), isManagedByRancher(inProject(), 'c-1')]).toStrictEqual([true, false, false]);
});

it('is found by cluster and name', () => {
  const others: Project[] = [{}, { metadata: { namespace: 'c-2', name: 'p-1' } }, { metadata: { namespace: 'c-1', name: 'p-2' } }];

  expect(projectOf(inProject('c-1:p-1'), 'c-1', [...others, project])).toBe(project);
  expect(projectOf(inProject('c-1:p-1'), 'c-1', others)).toBeUndefined();
  expect(projectOf(inProject(), 'c-1', [project])).toBeUndefined();
});
