/** @jest-environment node */
import { memoryOverhead } from '../memoryOverhead';
import type { DomainSpec, VirtualMachineInstanceSpec } from '../objects';
import { overheadConstants } from '../overheadConstants';
import { GI, MI, vmiWith } from './builders';

/** 220 Mi of processes, 8 Mi for the I/O thread, 32 Mi of video RAM, 8 Mi for one vCPU. */
const PLAIN = 268n * MI;

const of = (spec: VirtualMachineInstanceSpec): bigint => memoryOverhead({ spec }).value() - PLAIN;
const ofDomain = (domain: DomainSpec): bigint => of({ domain });

describe('memoryOverhead', () => {
  it.each([
    // harvester#7161 and the webhook's request of limits * 100/150, cut to Mi
    ['4 Gi, 2 vCPUs, requests by overcommit', vmiWith({ cpu: '2', memory: '4Gi' }, { cpu: '200m', memory: '2730Mi' }), 'v1.8.3', 4737464313n],
    ['1 Gi, 1 vCPU, limits only', vmiWith({ cpu: '1', memory: '1Gi' }), 'v1.8.3', 1495269192n],
    // harvester PR 7504's test
    ['1 Gi, 1 vCPU, requests by overcommit, KubeVirt 1.3', vmiWith({ cpu: '1', memory: '1Gi' }, { cpu: '100m', memory: '682Mi' }), 'v1.3.1', 1456469952n],
  ])('gives a VM of %s a launcher pod of the known size', (_, vmi, version, expected) => {
    const limit = vmi.spec?.domain?.resources?.limits?.['memory'] === '4Gi' ? 4n * GI : GI;

    expect(limit + memoryOverhead(vmi, { ratio: '1.5', constants: overheadConstants(version) }).value()).toBe(expected);
  });

  it('is that of one vCPU for a VM that says nothing', () => {
    expect(memoryOverhead({}).value()).toBe(PLAIN);
    expect(of({})).toBe(0n);
  });

  it('counts page tables for the request, rounded up to 1000 bytes before and down after', () => {
    expect(ofDomain({ resources: { requests: { memory: '1' } } })).toBe(1n);
    expect(ofDomain({ resources: { requests: { memory: '511001' } } })).toBe(1000n);
    expect(ofDomain({ resources: { requests: { memory: '-1500' } } })).toBe(-3n);
  });

  it.each<[string, DomainSpec, bigint]>([
    ['no graphics', { devices: { autoattachGraphicsDevice: false } }, -32n],
    ['graphics asked for', { devices: { autoattachGraphicsDevice: true } }, 0n],
    ['a GPU', { devices: { gpus: [{}] } }, 1024n],
    ['devices of every kind', { devices: { gpus: [{}], hostDevices: [{}, {}], interfaces: [{ sriov: {} }] } }, 1024n],
    ['an SR-IOV interface', { devices: { interfaces: [{}, { sriov: {} }] } }, 1024n],
    ['an interface', { devices: { interfaces: [{}] } }, 0n],
    ['a TPM', { devices: { tpm: {} } }, 53n],
    ['a TPM switched off', { devices: { tpm: { enabled: false } } }, 0n],
    ['SEV', { launchSecurity: { sev: {} } }, 256n],
    ['SEV-SNP', { launchSecurity: { snp: {} } }, 256n],
    ['other launch security', { launchSecurity: {} }, 0n],
    ['dedicated CPUs', { cpu: { cores: 1, dedicatedCpuPlacement: true } }, 100n],
    ['dedicated CPUs and guaranteed resources', { cpu: { cores: 1, dedicatedCpuPlacement: true }, resources: { requests: { cpu: '1' }, limits: { cpu: '1', memory: '1Gi' } } }, 100n],
    ['guaranteed CPU and no memory request', { resources: { requests: { cpu: '1' }, limits: { cpu: '1', memory: '1Gi' } } }, 100n],
    ['guaranteed CPU and no memory at all', { resources: { requests: { cpu: '1' }, limits: { cpu: '1' } } }, 0n],
    ['unlimited CPU', { resources: { requests: { cpu: '1' }, limits: { memory: '1Gi' } } }, 0n],
    ['reserved overhead', { memory: { reservedOverhead: { addedOverhead: '7Mi' } } }, 7n],
    ['nothing reserved', { memory: { reservedOverhead: {} } }, 0n],
  ])('knows %s', (_, domain, expected) => {
    expect(ofDomain(domain)).toBe(expected * MI);
  });

  it('knows memory guaranteed by an equal request, and page tables with it', () => {
    const resources = { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1000m', memory: '1024Mi' } };

    expect(ofDomain({ resources })).toBe(100n * MI + 1_073_742_000n / 512n);
  });

  it('knows volumes and probes', () => {
    expect(of({ volumes: [{}, { downwardMetrics: {} }, { downwardMetrics: {} }] })).toBe(MI);
    expect(of({ volumes: [{}] })).toBe(0n);
    expect(of({ livenessProbe: { exec: {} }, readinessProbe: {} })).toBe(110n * MI);
    expect(of({ livenessProbe: { exec: {} }, readinessProbe: { exec: {} } })).toBe(120n * MI);
  });

  it.each<[string, DomainSpec, bigint]>([
    ['a topology', { cpu: { cores: 2, sockets: 3, threads: 2 } }, 12n],
    ['sockets alone', { cpu: { sockets: 3 } }, 3n],
    ['threads alone', { cpu: { cores: 0, sockets: 0, threads: 2 } }, 2n],
    ['an empty topology, whatever the limit', { cpu: {}, resources: { limits: { cpu: '8' } } }, 1n],
    ['a limit', { resources: { limits: { cpu: '2100m' }, requests: { cpu: '8' } } }, 3n],
    ['a request', { resources: { requests: { cpu: '2500m' } } }, 3n],
    ['a product beyond uint32', { cpu: { cores: 65536, sockets: 65536 } }, 1n],
  ])('counts the vCPUs of %s', (_, domain, expected) => {
    expect(ofDomain(domain)).toBe((expected - 1n) * 8n * MI);
  });

  it('adds pflash on arm64', () => {
    expect(memoryOverhead({}, { arch: 'arm64' }).value()).toBe(PLAIN + 128n * MI);
    expect(memoryOverhead({}, { arch: 'amd64' }).value()).toBe(PLAIN);
  });

  it.each<[string | null, bigint]>([
    ['', PLAIN],
    [null, PLAIN],
    ['x', PLAIN],
    ['1', PLAIN],
    ['1_0', PLAIN + 281_019_000n * 9n],
    ['0', PLAIN - 281_019_000n],
    ['0x1p1', PLAIN + 281_019_000n],
    ['1.0000001', PLAIN],
  ])('is multiplied by %j as Go reads it, in whole thousands', (ratio, expected) => {
    expect(memoryOverhead({}, { ratio }).value()).toBe(expected);
  });

  it.each([
    ['v1.2.2', 210n, 16n], ['v1.4.1', 210n, 16n], ['v1.5.2', 220n, 16n], ['1.6.3', 220n, 32n], ['v1.8.4', 220n, 32n], ['v1.9.0', 240n, 32n], ['v1.10.0', 240n, 32n],
    ['devel', 220n, 32n], [undefined, 220n, 32n],
  ])('takes the constants of KubeVirt %s', (version, processes, video) => {
    expect(overheadConstants(version)).toEqual({ processBytes: processes * MI, videoBytes: video * MI });
  });
});
