/**
 * `stemma/host`: what a program that runs the user's code, such as a notebook kernel, shares with the library. It loads
 * neither pipelines nor the recorder.
 */
export {
  type BinarySample,
  type EnteredCell,
  type Feed,
  type FeedOptions,
  type Host,
  HOST_KEY,
  type HostedSession,
  LOOP_FAILED,
  type Place,
  SESSION_KEY,
} from '../host';

// Stack traces that show only the user's own calls
export { isFrame, isOwnFrame, leaveOut, shownFrames } from '../util/own-frames';
