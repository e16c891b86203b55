/** Text of a JSON object. */
export type Json = string;

/** `JSON.stringify`, taken before user code sees it. Throws for what is no JSON. */
export const toJson: (content: Record<string, unknown>) => Json = JSON.stringify;
