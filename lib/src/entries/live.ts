/** `stemma/live`: how another thread follows what a session records. It loads neither pipelines nor the recorder. */
export { FeedPump, type FeedPumpOptions, type News } from '../live/feed-pump';

// Samples travel as pixels; the receiver encodes the PNGs.
export { encodePng, pngUrl } from '../recorder/images/png';
