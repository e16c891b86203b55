import { describe, expect, it } from 'vitest';
import { Dataset, provenance, type ProvenanceDocument } from 'stemma';
import type { BinarySample } from 'stemma/host';
import { RecordedSession } from '../../../monitor/src/record/recorded-session';
import { Sessions, type Change } from '../../../monitor/src/record/sessions';
import { View } from '../../../monitor/src/record/view';

const documentOf = (id: string): ProvenanceDocument => {
  const document = provenance.document();
  return { ...document, session: { ...document.session, id } };
};

function started(...ids: string[]) {
  const sessions = new Sessions();
  const changes: Change[] = [];
  for (const id of ids) {
    sessions.add('remote', documentOf(id), 1_000_000);
    sessions.get(id)!.reportedMs = 1_000_000;
  }
  sessions.onChange = (change) => changes.push(change);
  return { sessions, changes };
}

describe('a session', () => {
  it('that has not reported for twelve seconds is silent, and told of once', () => {
    const { sessions, changes } = started('a');
    sessions.noteSilence(1_012_000);
    expect(sessions.get('a')!.state).toBe('live');
    sessions.noteSilence(1_012_001);
    sessions.noteSilence(1_020_000);
    expect(changes).toMatchObject([{ session: 'a', kind: 'status', state: 'silent', blockedSinceMs: null }]);
  });

  it('that ended stays so', () => {
    const { sessions, changes } = started('a');
    sessions.setStatus(sessions.get('a')!, { state: 'ended', blockedSinceMs: null });
    sessions.noteSilence(9_000_000);
    expect(changes.map((change) => change.kind === 'status' && change.state)).toEqual(['ended']);
  });

  it('that is gone does not make those that live look old', () => {
    const sessions = ['gone', 'live'].map((id) => new RecordedSession(id, 'remote', documentOf(id), 1_000_000));
    const view = new View('', sessions);
    expect(view.ageSeconds()).toBeGreaterThan(1_000);
    sessions[0]!.state = 'ended';
    sessions[1]!.heardMs = Date.now();
    expect(view.ageSeconds()).toBeLessThan(1_000);
  });
});

describe('sessions that are merged', () => {
  const sampleOf = (index: number, picture: object) => {
    const value = { type: 'tensor', dtype: 'uint8', shape: [1, 1], images: [picture], statistics: null };
    return { run: 'r1', index, origins: [`range item ${index}`], omittedOrigins: 0, value } as unknown as BinarySample;
  };
  const viewOf = async (picture: object) => {
    await Dataset.range(3, 'Rows').count();
    const { id } = provenance.document().artifacts[0]!;
    const sessions = ['a', 'b'].map((name) => new RecordedSession(name, 'here', documentOf(name), 1_000_000));
    sessions.forEach((session, at) => session.setSamples(id, { pixels: [sampleOf(at, picture)] }, 1_000_000));
    return new View('', sessions);
  };

  it('are the same without samples but for these', async () => {
    const view = await viewOf({ width: 1, height: 1, png: new Uint8Array(3) });
    const whole = view.documentWithSamples();
    expect(whole.artifacts[0]!.execution.samples).toHaveLength(2);
    expect(view.document.artifacts[0]!.execution).toMatchObject({ sampleCount: 2, samples: [] });
    for (const { execution } of whole.artifacts) execution.samples = [];
    expect(view.document).toEqual(whole);
  });

  it('have no pictures encoded for a document without samples', async () => {
    const view = await viewOf({
      width: 1,
      height: 1,
      get png(): Uint8Array {
        throw new Error('encoded');
      },
    });
    expect(view.document.artifacts[0]!.execution.sampleCount).toBe(2);
    expect(() => view.documentWithSamples()).toThrow('encoded');
  });
});

describe('samples of other processes', () => {
  it('have a room together; those that come again take the place of the former ones', () => {
    const { sessions } = started('a', 'b');
    const [a, b] = [sessions.get('a')!, sessions.get('b')!];
    const room = 256 * 1024 * 1024;
    expect(sessions.setSamples(a, 'a1', [], room - 10)).toBe(true);
    expect(sessions.setSamples(b, 'a1', [], 11)).toBe(false);
    expect(sessions.setSamples(a, 'a1', [], room - 20)).toBe(true);
    expect(sessions.setSamples(b, 'a1', [], 11)).toBe(true);
  });
});

describe('somebody who comes later', () => {
  it('gets all sessions, with anything unusual about them', () => {
    const { sessions } = started('a', 'b');
    sessions.setStatus(sessions.get('b')!, { state: 'live', blockedSinceMs: 7 });
    expect(sessions.whole(undefined)).toMatchObject([
      { kind: 'snapshot', session: 'a', sessions: ['a', 'b'] },
      { kind: 'snapshot', session: 'b', sessions: ['a', 'b'] },
      { kind: 'status', session: 'b', state: 'live', blockedSinceMs: 7 },
    ]);
  });
});
