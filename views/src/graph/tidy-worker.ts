/** A worker's own script: lays out what it is sent, and answers. It imports nothing but the layout. */
import { tidyLayout, type TidyNode, type TidyRoom } from './tidy';

addEventListener('message', (event: MessageEvent<{ nodes: TidyNode[]; room: TidyRoom }>) => {
  const { nodes, room } = event.data;
  postMessage(tidyLayout(nodes, room));
});
