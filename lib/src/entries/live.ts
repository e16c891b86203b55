/** `stemma/live`: how another thread follows what a session records. It loads neither pipelines nor the recorder. */
export { FeedPump, type FeedPumpOptions, type News } from '../live/feed-pump';

// Samples travel with pixels; whoever shows them makes the PNGs.
export { encodePng, pngUrl } from '../recorder/images/png';
