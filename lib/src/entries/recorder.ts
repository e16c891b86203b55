/** `stemma/recorder`: what records, without pipelines. */
export { currentSession, Session } from '../recorder/session';
