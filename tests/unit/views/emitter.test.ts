import { describe, expect, it } from 'vitest';
import { Emitter } from '../../../views/src/model/emitter';

describe('Emitter', () => {
  it('calls its listeners in the order in which they were added', () => {
    const emitter = new Emitter<string>();
    const heard: string[] = [];
    emitter.on((value) => heard.push(`first ${value}`));
    emitter.on((value) => heard.push(`second ${value}`));
    emitter.emit('a');
    expect(heard).toEqual(['first a', 'second a']);
  });

  it('does not call a listener that another one removed meanwhile', () => {
    const emitter = new Emitter<void>();
    const heard: string[] = [];
    emitter.on(() => stop());
    const stop = emitter.on(() => heard.push('removed'));
    emitter.emit();
    expect(heard).toEqual([]);
  });

  it('leaves a listener that was added meanwhile to the next time', () => {
    const emitter = new Emitter<void>();
    let heard = 0;
    const stop = emitter.on(() => {
      emitter.on(() => heard++);
      stop();
    });
    emitter.emit();
    expect(heard).toBe(0);
    emitter.emit();
    expect(heard).toBe(1);
  });
});
