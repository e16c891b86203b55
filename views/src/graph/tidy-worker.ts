/** The script of a worker: lays out the graphs that it is sent. It imports nothing but the layout. */
import { tidyLayout, type TidyNode, type TidyRoom } from './tidy';

addEventListener('message', (event: MessageEvent<{ nodes: TidyNode[]; room: TidyRoom }>) => {
  const { nodes, room } = event.data;
  postMessage(tidyLayout(nodes, room));
});
