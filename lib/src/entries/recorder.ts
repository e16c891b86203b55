/** `stemma/recorder`: what records, without pipelines. */
export { currentSession } from '../recorder/current-session';
export { Session } from '../recorder/session';
