import type { CheckedOptions } from '../options';

/** What the serving worker is started with. */
export interface ServeData extends Omit<CheckedOptions, 'keepAlive'> {
  token: string;
  /** Id of the session of this process. */
  session: string;
}
