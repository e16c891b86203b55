/** Which way the items flow. */
export type Orientation = 'down' | 'right';
