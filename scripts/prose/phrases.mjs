/**
 * Words that a native reader stumbles over, and what to say instead: [pattern, instead]. One list for pages, interface
 * and errors.
 */

/** @type {[RegExp, string][]} */
export const PHRASES = [
  [/\banew\b/i, 'again'],
  [/\bso many\b/i, 'a count, or "n"'],
  [/\bwho(so)?ever\b/i, 'anyone who'],
  [/\b(is|are|was|were|be) told\b/i, 'gets, or say what is sent'],
  [/\banswer(s|ed)\b/i, 'return(s), reply, or response'],
  [/\b(puts?|putting) out\b/i, 'emits'],
  [/\b(hands?|handed|handing) on\b/i, 'passes on, or emits'],
  [/\bown times?\b/i, 'self time'],
  [/\bas often as\b/i, 'a rate, or "each time"'],
  [/\bas (old|quick|many) is\b/i, 'so you know how …'],
  [/(?<!\bat )\b(least|greatest)\b(?! (one|likely|a|of all|common))/i, 'minimum, maximum'],
  [
    /(?<!\bthere )\b(is|are) no (number|text|JSON|name|document|integer|port|whole|list|array|function)\b/i,
    'is not a …',
  ],
  [/\b(a|an) [a-z]+ is needed, not\b/i, 'expected …, got …'],
  [/\bnothing that can be\b/i, 'not …able'],
  [/\bwhat is (upstream|downstream)\b/i, 'upstream, downstream'],
  [/\bfollowed items?\b/i, 'traced item'],
  [/\b(un)?fold(s|ed|ing)?\b(?!ers?)/i, 'group, collapse, expand'],
  [/(?<!standard )\bdeviations?\b/i, 'anomaly'],
  [/\bverdicts?\b/i, 'diagnosis'],
  [/\blin(e|ing) up\b/i, 'diff'],
  [/\bdeals? alike\b/i, 'behaves the same'],
  [/\b(unwatched|in the midst of|no more than that is)\b/i, 'plainer words'],
  [/\bfor ever\b/i, 'forever'],
  [/(^|[.;:] )who (wants|does|reads|takes)\b/i, 'to …, or anyone who …'],
  [/\bcannot be had\b/i, 'known limitations, or is not available'],
  [/\bbring(s)? along\b/i, 'include(s)'],
  [/\bsays so\b/i, 'reports it'],
  [/\ba place of (its|their) own\b/i, 'standalone'],
  [/\bsurest\b/i, 'most reliable, or "in order of confidence"'],
];
