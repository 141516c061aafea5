// What crosses the core's door for the inspector. The core's `view/inspection.rs` and `wasm/check.rs` are the other end: names with an
// underscore are those of `rolecall inspect --json`, whose shape docs/inspect.md documents. Times are RFC 3339 in UTC, absent is null.

import type { PrettyLine, PrettyXml } from './inspector/pretty.js';
import type { Redacted } from './inspector/redacted.js';
import type { Evidence, Finding, Message, Notice, Severity } from './view.js';

/** One SAML message found in pasted text, an opened file or a captured POST: a secret. */
export interface Imported {
  /** What stood in the parameter, percent-decoding undone. */
  encoded: string;
  binding: 'post' | 'redirect' | 'unknown';
  parameter: 'SAMLResponse' | 'SAMLRequest' | null;
  /** Where it was sent. */
  url: string | null;
  relayState: string | null;
  /** Epoch seconds, when the source says so. */
  at: number | null;
  /** What a signature of the redirect binding covers. */
  query: unknown;
}

/** One SAML message, read and judged. */
export interface Inspection {
  kind: 'response' | 'assertion' | 'authn_request' | 'logout_request' | 'logout_response' | null;
  id: string | null;
  version: string | null;
  issuer: string | null;
  /** What people call the identity provider. */
  provider: string | null;
  /** Whose steps the findings give; null of anything but a response. */
  product: Product | null;
  destination: string | null;
  recipients: string[];
  audiences: string[];
  name_id: string | null;
  name_id_format: string | null;
  issue_instant: string | null;
  not_before: string | null;
  not_on_or_after: string | null;
  session_not_on_or_after: string | null;
  /** Until when AWS takes the response for new credentials. */
  usable_until?: string | null;
  authn_instant: string | null;
  authn_context: string | null;
  /** Null when the message does not say. */
  mfa: boolean | null;
  /** Null of anything but a response. */
  authentication: Authentication | null;
  in_response_to: string | null;
  status: { codes: string[]; message: string | null } | null;
  partition: string | null;
  roles: { role: string; provider: string }[];
  role_session_name: string | null;
  /** Seconds. */
  session_duration: number | null;
  principal_tags: Record<string, string>;
  transitive_tag_keys: string[];
  source_identity: string | null;
  attributes: Record<string, string[]>;
  claims: Claim[];
  /** What else a request or a logout says: a message key and a value. */
  details?: [key: string, value: string][];
  encrypted: boolean;
  encryption: Encryption[];
  signatures: Signature[];
  verdict: Verdict | null;
  /** Worst first. */
  findings: Finding[];
  url: string | null;
  binding: string | null;
  relay_state: string | null;
}

/** An identity provider with steps of its own. */
export type Product = 'entra' | 'okta' | 'adfs' | 'google' | 'ping' | 'keycloak' | 'generic';

/** How the person signed in, as far as the response says. */
export interface Authentication {
  /** Null when the response does not say. */
  mfa: boolean | null;
  /** URIs or short names. */
  methods: string[];
  context: string | null;
  at: string | null;
  /** Seconds before the time of judgement. */
  seconds_ago: number | null;
  tenant: string | null;
  object_id: string | null;
  display_name: string | null;
  /** How AWS is told of the second factor, and requires it; null of a response that is not for AWS. */
  require_mfa: Pick<Finding, 'fix' | 'fix_place' | 'fix_iam' | 'command'> | null;
  /** `isCompliant`, `isManaged`, `isKnown`, `trustType`. */
  device: Record<string, string>;
}

/** A finding that is shown, as far as causes ask. */
export interface Found {
  code: string;
  severity: Severity;
}

/** What a pasted error means. `causes` are places in the list of what was found, the likely one first. */
export interface Explained {
  finding: Finding;
  /** Microsoft's page about this very error. */
  link: string | null;
  causes: number[];
}

/** What to do about a finding at another identity provider: message keys, whose arguments are those of the finding. */
export interface Steps {
  fix: string | null;
  fix_place: string | null;
}

/** An attribute with all its values; those of AWS stand first. */
export interface Claim {
  name: string;
  friendly: string | null;
  format: string | null;
  values: string[];
  aws: boolean;
}

/** An encrypted assertion, as far as it can be read without the key. */
export interface Encryption {
  data_algorithm: string | null;
  key_algorithm: string | null;
  key_digest?: string | null;
  recipient?: string | null;
}

/** `genuine` alone says that a key which the user trusts made the signature. */
export type Verdict = 'genuine' | 'consistent' | 'wrapped' | 'broken' | 'unsigned' | 'unknown';

/** One signature. `element` and `covers_element` count the document's elements from 0, as the lines of `PrettyXml` do. */
export interface Signature {
  covers: string | null;
  covers_id: string | null;
  verdict: Verdict;
  algorithm: string | null;
  /** The same for people. */
  algorithm_name: string | null;
  digest: string | null;
  canonicalization: string | null;
  transforms: string[];
  reference: string | null;
  verified_by: 'pin' | 'metadata' | 'embedded' | null;
  certificate: Certificate | null;
  element: number;
  covers_element: number | null;
  issues: Notice[];
}

/** An X.509 certificate, in the words of RFC 4514; its fingerprints are hexadecimal. */
export interface Certificate {
  subject: string;
  issuer: string;
  serial: string;
  not_before: string;
  not_after: string;
  key: string;
  key_bits: number;
  sha1: string | null;
  sha256: string | null;
  pem: string;
}

/** Whose certificates the user trusts. */
export interface Trust {
  pins: { issuer: string; certificates: string[] /* DER, in base64 */; at: number /* epoch seconds of the import */ }[];
}

/** An identity provider in imported metadata, with the keys it signs with. */
export interface Entity {
  entityId: string;
  validUntil: string | null;
  certificates: (Certificate & { der: string /* base64 */ })[];
}

/** One line of a comparison, as the core's `view/compare.rs` sorts them: what differs first. The order of values does not count. */
export interface ComparedRow {
  /** Message key. */
  section: string;
  /** Of an attribute, what the response calls it. */
  name: string;
  /** The words for its name; null for an attribute. */
  label: Message | null;
  /** The values of the first message: first those that the second does not have. */
  left: string[];
  right: string[];
  /** How many values at the end of both are the same. */
  common: number;
  same: boolean;
  /** Differs between any two sign-ins: a time, an id. */
  volatile: boolean;
}

/** What the browser's crypto is asked to compute or to check. */
export type Job =
  /** `data` may lie in the core's memory: it is to be taken at once, before the core is called again. */
  | { kind: 'digest'; hash: HashName; data: Uint8Array<ArrayBuffer> }
  | {
      kind: 'verify';
      name: 'RSASSA-PKCS1-v1_5' | 'RSA-PSS' | 'ECDSA' | 'Ed25519';
      hash: HashName | null;
      curve: 'P-256' | 'P-384' | 'P-521' | null;
      /** Bytes, for RSA-PSS. */
      saltLength: number | null;
      /** SubjectPublicKeyInfo, DER. */
      key: Uint8Array<ArrayBuffer>;
      data: Uint8Array<ArrayBuffer>;
      signature: Uint8Array<ArrayBuffer>;
    };

export type HashName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** A digest, whether the signature verifies, or null: this browser's crypto refused the algorithm or the key. */
export type Answer = Uint8Array | boolean | null;

/** One encrypted part: a key that RSA-OAEP gives (several only when it cannot be told which is ours), then data that AES gives with it. */
export interface DecryptJob {
  keys: { hash: HashName; label: Uint8Array<ArrayBuffer>; ciphertext: Uint8Array<ArrayBuffer> }[];
  mode: 'GCM' | 'CBC';
  keyBytes: number;
  iv: Uint8Array<ArrayBuffer>;
  ciphertext: Uint8Array<ArrayBuffer>;
}

/** What the browser's crypto does for the core. */
export interface Host {
  answer(job: Job): Promise<Answer>;
  decrypt(pkcs8: Uint8Array<ArrayBuffer>, job: DecryptJob): Promise<Uint8Array | null | false>;
}
export type { Evidence, Finding, Message, Notice, PrettyLine, PrettyXml, Redacted, Severity };
