// What crosses the core's door for trust policies. The core's `view/policy.rs`, `view/policy_draft.rs` and `wasm/desk/policy.rs` are
// the other end.

import type { Failure, Message, Severity } from '../view.js';

/** What a trust policy says to a sign-in. */
export interface PolicyCheck {
  outcome: 'allowed' | 'refused' | 'unknown' | 'invalid';
  /** The answer in one sentence. */
  verdict: Message;
  because: Message[];
  facts: PolicyFact[];
  actions: PolicyAction[];
  statements: PolicyStatement[];
  /** What places are in; empty when nothing was read. */
  text: string;
}

/** A code in words. */
export interface Said {
  code: string;
  text: Message;
  hint: Message;
  /** Why the key has no value. */
  why: Message | null;
  aws_only: boolean;
}

/** Line and column count from 1, the others UTF-16 units from 0. */
export interface Place {
  line: number;
  column: number;
  start: number;
  end: number;
}

/** Something about the policy's text. */
export interface PolicyFact {
  code: string;
  severity: Severity;
  text: Message;
  hint: Message;
  place: Place;
}

export interface PolicyAction {
  action: string;
  /** Null when the assertion is encrypted. */
  needed: boolean | null;
  outcome: 'allowed' | 'refused' | 'unknown';
  reasons: Said[];
}

export interface PolicyStatement {
  number: number;
  sid: string | null;
  effect: 'Allow' | 'Deny';
  place: Place;
  outcome: 'applies' | 'does_not_apply' | 'unknown';
  principal: 'matches' | 'differs' | 'unknown';
  principal_reason: Said;
  actions: string[];
  conditions: PolicyCondition[];
}

export interface PolicyCondition {
  operator: string;
  key: string;
  place: Place;
  policy_values: string[];
  /** Null when the key is absent or not known. */
  sign_in_values: string[] | null;
  outcome: 'met' | 'not_met' | 'unknown';
  reason: Said;
  /** What the sign-in would need. */
  need: Message | null;
}

/** What a sign-in tells about a role. */
export interface PolicyDraft {
  /** The text whose SHA-1 is `SAML:namequalifier`. */
  name_qualifier: string | null;
  partition: string;
  regions: string[];
  /** Whose STS endpoint is asked. */
  region: string;
  sign_in_region: string | null;
  encrypted_id: string | null;
  tags: [key: string, value: string][];
  transitive_tag_keys: string[];
  subject: string | null;
  source_identity: string | null;
  encrypted: boolean;
}

/** Who is to be let in. */
export interface PolicyWish {
  role: string;
  provider: string;
  audience: 'all' | 'pattern' | 'regions';
  regions: string[];
  encryptedId: string | null;
  subjects: string[] | null;
  sourceIdentities: string[] | null;
  tags: { key: string; values: string[] }[];
  tagKeys: string[];
  transitiveTagKeys: string[];
  sourceIdentity: boolean;
}

export interface WrittenPolicy {
  json: string;
  cli_update: string;
  cli_create: string;
  cloud_formation: string | null;
  terraform: string;
  terraform_document: string;
  /** As IAM counts them. */
  characters: number;
  /** How many of them IAM takes by default. */
  quota: number;
  facts: PolicyFact[];
}

/** What the background read of a role. */
export interface RoleRead {
  name: string;
  arn: string;
  /** Seconds. */
  maxSessionDuration: number | null;
  description: string | null;
  /** JSON. */
  trustPolicy: string;
  /** Epoch seconds; of the last 400 days. */
  lastUsed: number | null;
  alias: string | null;
  aliasRefused: Failure | null;
}
