// Two responses side by side. The core's `view/compare.rs` is its other end.

import type { Message } from '../view.js';

/**
 * One row, sorted: differences, then differences that any two sign-ins have, then what is the same; within those by
 * section. The values that only one side has stand first; the last `common` of both lists are the same values, in
 * the same order.
 */
export interface ComparedRow {
  /** Message key, such as `compare_roles`. */
  section: string;
  /** Of an attribute its name in the response, else the key of `label`. */
  name: string;
  /** The words for its name; null for an attribute. Those of a key ending in `_span` have whole seconds as values. */
  label: Message | null;
  left: string[];
  right: string[];
  common: number;
  same: boolean;
  /** An identifier or a time, which two sign-ins of one person do not share either. */
  volatile: boolean;
}
