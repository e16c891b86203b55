import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../support/temporary-folder';
import { DvcProject } from './project';

const root = temporaryFolder();
let projects = 0;
let project: DvcProject;

const DIGITS = { 'data/digits/0/a.txt': '0a', 'data/digits/0/b.txt': '0b', 'data/digits/1/a.txt': '1a' };

beforeEach(() => {
  project = new DvcProject(`${root}/${projects++}`).write({ ...DIGITS, 'data/t.csv': 'a\n1\n' });
});

afterEach(() => vi.unstubAllEnvs());

describe('a file', () => {
  it('that is tracked is the same until it is written', () => {
    project.add('data/t.csv');
    const tracked = { file: 'data/t.csv.dvc', path: 'data/t.csv', within: '', md5: project.md5('data/t.csv') };
    expect(project.facts('data/t.csv')).toEqual({ ...tracked, state: 'same' });
    project.write({ 'data/t.csv': 'a\n2\n' });
    const changed = [{ path: 't.csv', how: 'modified' }];
    expect(project.facts('data/t.csv')).toEqual({ ...tracked, state: 'changed', changed });
  });

  it('that nothing tracks is untracked, with a reason where git has it', () => {
    const place = { path: 'data/t.csv', within: '', state: 'untracked' };
    expect(project.facts('data/t.csv')).toEqual(place);
    execFileSync('git', ['init', '-q'], { cwd: project.folder });
    expect(project.facts('data/t.csv')).toEqual(place);
    execFileSync('git', ['add', 'data/t.csv'], { cwd: project.folder });
    expect(project.facts('data/t.csv')).toEqual({ ...place, reason: 'git tracks it' });
  });

  it('in no project of DVC has no facts', () => {
    rmSync(project.at('.dvc'), { recursive: true });
    expect(project.facts('data/t.csv')).toBeUndefined();
  });

  it('that became a folder, or has gone, is unknown', () => {
    project.add('data/t.csv');
    rmSync(project.at('data/t.csv'));
    project.write({ 'data/t.csv/part.csv': 'a\n' });
    expect(project.facts('data/t.csv')).toMatchObject({
      state: 'unknown',
      reason: 'DVC has "data/t.csv" as a file, which is a folder now',
    });
  });

  it('of DVC 2 is the same or unknown: line ends may be all that differs', () => {
    const md5 = project.md5('data/t.csv');
    project.write({ 'data/t.csv.dvc': `outs:\n- md5: ${md5}\n  path: t.csv\n` });
    expect(project.facts('data/t.csv')).toMatchObject({ state: 'same' });
    project.write({ 'data/t.csv': 'a\r\n1\r\n' });
    expect(project.facts('data/t.csv')).toMatchObject({ state: 'unknown', reason: expect.stringMatching('DVC 2') });
  });
});

describe('class folders of one tracked folder', () => {
  const tracked = { file: 'data/digits.dvc', path: 'data/digits' };

  it.each(['.dvc/cache', 'shared cache'])('are compared one by one, with the list in %s', (cache) => {
    if (cache !== '.dvc/cache')
      project.write({ '.dvc/config.local': `[core]\n    x = 1\n[cache]\n    dir = ../${cache}\n` });
    project.add('data/digits', { cache });
    expect(project.facts('data/digits/0')).toMatchObject({ ...tracked, within: '0', state: 'same' });
    project.write({ 'data/digits/0/a.txt': 'x', 'data/digits/0/new.txt': 'n' });
    rmSync(project.at('data/digits/0/b.txt'));
    expect(project.facts('data/digits/0')).toMatchObject({
      state: 'changed',
      changed: [
        { path: '0/a.txt', how: 'modified' },
        { path: '0/new.txt', how: 'added' },
        { path: '0/b.txt', how: 'removed' },
      ],
    });
    expect(project.facts('data/digits/1')).toMatchObject({ within: '1', state: 'same' });
  });

  it('are the same where a source wants some of the files only', () => {
    project.add('data/digits');
    expect(project.facts('data/digits/0', ['b.txt'])).toMatchObject({ state: 'same' });
    expect(project.facts('data/digits/0/b.txt')).toMatchObject({ within: '0/b.txt', state: 'same' });
  });

  it('name the first of many changes, and count them', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`data/digits/0/${n}.txt`, `${n}`]));
    project.add('data/digits').write(many);
    const facts = project.facts('data/digits')!;
    expect(facts.changed).toHaveLength(5);
    expect(facts.changes).toBe(9);
  });

  it('are compared as a whole where the cache has no list', () => {
    project.add('data/digits', { cache: null });
    expect(project.facts('data/digits')).toMatchObject({ state: 'same' });
    expect(project.facts('data/digits/0')).toMatchObject({ within: '0', state: 'same' });
    project.write({ 'data/digits/1/a.txt': 'x' });
    expect(project.facts('data/digits')).toMatchObject({ state: 'changed' });
    expect(project.facts('data/digits')).not.toHaveProperty('changed');
    expect(project.facts('data/digits/0')).toMatchObject({ state: 'unknown', reason: expect.stringMatching('cache') });
  });
});

describe('files that are tracked one by one', () => {
  it('are as the worst of them', () => {
    project.add('data/digits/0/a.txt').add('data/digits/0/b.txt');
    const names = ['a.txt', 'b.txt'];
    expect(project.facts('data/digits/0', names)).toMatchObject({ state: 'same', reason: /one of 2/ });
    project.write({ 'data/digits/0/b.txt': 'x', 'data/digits/0/c.txt': 'c' });
    expect(project.facts('data/digits/0', [...names, 'c.txt'])).toMatchObject({
      state: 'changed',
      file: 'data/digits/0/b.txt.dvc',
      path: 'data/digits/0/b.txt',
    });
    project.add('data/digits/0/b.txt');
    expect(project.facts('data/digits/0', [...names, 'c.txt'])).toMatchObject({
      state: 'untracked',
      path: 'data/digits/0/c.txt',
    });
  });
});

describe('the outputs of stages', () => {
  const lock = (stage: string, path: string, file: string): string =>
    `schema: '2.0'\nstages:\n  ${stage}:\n    cmd: x\n    outs:\n    - path: "${path}"\n      hash: md5\n      md5: ${project.md5(file)}\n`;

  it('are compared with dvc.lock, from the folder of the stage', () => {
    project.write({
      'steps/dvc.yaml': 'stages:\n  prepare:\n    wdir: ../data\n    cmd: x\n    outs: [t.csv]\n',
      'data/dvc.yaml':
        'stages:\n  each:\n    foreach: [a]\n    do:\n      wdir: digits\n      cmd: x\n      outs: ["${item}"]\n',
      'data/dvc.lock': lock('each@a', '0', 'data/digits/0'),
    });
    expect(project.facts('data/digits/0')).toMatchObject({
      file: 'data/dvc.lock',
      path: 'data/digits/0',
      stage: 'each@a',
      state: 'same',
    });
  });

  it('have no state before the first run, and none while DVC runs their stage', () => {
    project.write({
      'dvc.yaml': 'stages:\n  prepare:\n    cmd: x\n    outs:\n    - data/t.csv:\n        cache: false\n',
    });
    const facts = { file: 'dvc.yaml', path: 'data/t.csv', stage: 'prepare', state: 'unknown' };
    expect(project.facts('data/t.csv')).toMatchObject({ ...facts, reason: /has not run/ });
    project.write({ 'dvc.lock': lock('prepare', 'data/t.csv', 'data/t.csv') });
    expect(project.facts('data/t.csv')).toMatchObject({ file: 'dvc.lock', state: 'same' });
    project.write({ 'data/t.csv': 'a\n7\n' });
    expect(project.facts('data/t.csv')).toMatchObject({ state: 'changed' });
    vi.stubEnv('DVC_STAGE', 'prepare');
    vi.stubEnv('DVC_ROOT', project.folder);
    expect(project.facts('data/t.csv')).toMatchObject({ state: 'unknown', reason: /is under way/ });
  });

  it('that are no longer in dvc.yaml are not tracked', () => {
    project.write({ 'dvc.yaml': 'stages: {}\n', 'dvc.lock': lock('prepare', 'data/t.csv', 'data/t.csv') });
    expect(project.facts('data/t.csv')).toMatchObject({ state: 'untracked' });
  });
});

describe('what was imported', () => {
  it('names its origin, without secrets', () => {
    const more =
      'deps:\n- path: sets/t.csv\n  repo:\n    url: https://ada:s3cret@example.org/data.git?token=t\n    rev_lock: 0a1b2c\n';
    project.add('data/t.csv', { more });
    expect(project.facts('data/t.csv')).toMatchObject({
      state: 'same',
      import: { url: 'https://example.org/data.git', path: 'sets/t.csv', revision: '0a1b2c' },
    });
  });
});
