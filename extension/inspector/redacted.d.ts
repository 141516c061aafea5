// A copy that is safe to show to others, with all that was replaced in it. The core's `saml/redact` is its other end.

/** One thing that was replaced: message key of its kind, original (a secret), pseudonym, how often. Long ones are cut, with an ellipsis. */
export type Replacement = [kind: string, original: string, pseudonym: string, count: number];

export interface Redacted {
  /** The copy. Its first line is a comment that says what it is. */
  xml: string;
  /** Message key of each kind, such as `redacted_email`, and how often one was replaced, in document order. */
  replaced: [kind: string, count: number][];
  /** Each thing that was replaced, once, in document order. */
  replacements: Replacement[];
}
