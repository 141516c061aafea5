// What crosses the core's door for the setup assistant; `src/setup` and `src/view/setup.rs` are the other end. Absent is null.

import type { Certificate } from '../inspection.js';
import type { Message, Severity } from '../view.js';

/** What was typed, as it was typed. '' is not typed. */
export interface SetupDraft {
  product: string;
  partition: string;
  account: string;
  provider: string;
  role: string;
  regions: string[];
  /** Seconds. */
  duration: string;
  /** Which of several AWS applications of one Entra tenant. */
  instance: string;
  /** Key, and the attribute that the value is made from. */
  tags: [key: string, source: string][];
  mfa: boolean;
  sourceIdentity: boolean;
}

/** A field that cannot be as it was typed. */
export interface SetupProblem {
  field: string;
  code: string;
  text: Message;
}

/** What comes of what was typed: problems, or the plan's ARNs and what is to be done. */
export interface SetupAnswer {
  role: string | null;
  provider: string | null;
  problems: SetupProblem[];
  guides: SetupGuide[];
}

/** What is to be done at a step. `place`, `how`, `form` and each `label` are message keys. */
export interface SetupGuide {
  step: string;
  place: string | null;
  words: Message[];
  fields: { label: string; value: string }[];
  claims: { name: string; parts: [namespace: string, name: string] | null; source: string; how: string | null; form: string }[];
  texts: { label: string; language: string; text: string }[];
}

/** What is kept of an identity provider's metadata: all of it public. Times are epoch seconds. */
export interface SetupKnown {
  entityId: string;
  validUntil: number | null;
  imported: number | null;
  characters: number;
  hasMark: boolean;
  providers: number;
  nameIdFormats: string[];
  endpoints: [binding: string, url: string][];
  /** DER in base64. */
  certificates: string[];
}

/** The same with what it says now. */
export interface SetupMetadata extends SetupKnown {
  shown: Certificate[];
  findings: SetupFinding[];
}

/** Something that the person should know, with what to do about it. */
export interface SetupFinding {
  code: string;
  severity: Severity;
  text: Message;
  hint: Message | null;
  aws_message: string | null;
  cause: Message | null;
  fix: Message | null;
  fix_place: Message | null;
  fix_iam: Message | null;
  command: { language: string; text: string } | null;
}

/** Something that is off at a step. `sent` and `expected` are null where there is nothing to compare, '' for nothing. */
export interface SetupTrouble extends SetupFinding {
  sent: string | null;
  expected: string | null;
}

/** What a sign-in says about a step. */
export interface SetupTick {
  step: string;
  state: 'done' | 'off' | 'unseen';
  troubles: SetupTrouble[];
}

/** What `storage.local` keeps under `setup`. */
export interface SetupState {
  draft: SetupDraft;
  known: SetupKnown | null;
  /** Steps that a person ticked. */
  done: string[];
  /** The steps that the last sign-in showed as done, and when that was, in epoch seconds. */
  seen: { at: number; steps: string[] } | null;
  /** Where a sign-in starts. */
  start: string;
  /** The step that is open. */
  open: string;
}
