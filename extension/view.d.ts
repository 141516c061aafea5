// What the popup draws. The shapes of docs/architecture.md; the core's `wasm/wire.rs` is their other end.

/** Severity of a notice, worst first. */
export type Severity = 'error' | 'warning' | 'note';

/** A message key of `_locales` and the values of its placeholders. */
export interface Message {
  key: string;
  args: string[];
}

/** The popup's whole input: the sign-ins of one kind of window, newest first, and the credentials that still live. */
export interface PopupView {
  signIns: SignIn[];
  sessions: Session[];
}

/** One captured SAML response. Times are epoch seconds. */
export interface SignIn {
  id: string;
  at: number;
  identity: string | null;
  provider: string | null;
  issuer: string | null;
  host: string | null;
  partition: string | null;
  region: string | null;
  usableUntil: number | null;
  issuedAt: number | null;
  roleCount: number;
  accounts: Account[];
  notices: Notice[];
  severity: Severity | null;
  private: boolean;
  container: string | null;
}

/** An AWS account with the roles offered in it. `label` is what people call it, else its digits in groups of four. */
export interface Account {
  id: string;
  label: string;
  partition: string;
  roles: Role[];
}

/** A role the assertion offers. `refused` says why it cannot be exported. */
export interface Role {
  name: string;
  arn: string;
  provider: string;
  chosen: boolean;
  refused: Message | null;
}

/** Something about the sign-in that its owner should know. */
export interface Notice {
  code: string;
  severity: Severity;
  text: Message;
  hint: Message | null;
  /** What the administrator of the identity provider does, and where in its console; left out where nothing is said. */
  fix?: Message | null;
  fix_place?: Message | null;
  /** What the AWS administrator does. */
  fix_iam?: Message | null;
}

/** The same with what was seen, why it is so, and what there is to copy. */
export interface Finding extends Notice {
  evidence: Evidence[];
  /** What AWS answered, else what it is documented to answer. */
  aws_message: string | null;
  cause: Message | null;
  fix: Message | null;
  fix_place: Message | null;
  fix_iam: Message | null;
  command: Command | null;
  /** Address of a page of AWS or Microsoft. */
  page: string | null;
}

/** A value and where it stands. `index` counts the document's elements from 0, as the lines of `PrettyXml` do. */
export interface Evidence {
  /** Empty where it is the lack of one. */
  value: string;
  element: string;
  attribute: string | null;
  /** Of an attribute's value the attribute's name. */
  name: string | null;
  index: number | null;
}

/** A text to copy. */
export interface Command {
  language: 'shell' | 'json' | 'text';
  text: string;
}

/** Credentials that still live, without the secret. `expiration` is in epoch seconds. */
export interface Session {
  signIn: string;
  arn: string;
  provider: string;
  expiration: number;
}

/** Why something the user asked for did not happen. `aws` is AWS's own message, verbatim. */
export interface Failure {
  code: string;
  text: Message;
  hint: Message | null;
  aws: string | null;
  /** The failure with its cause and what to do, where that is known. */
  finding: Finding | null;
  /** What was found about the sign-in that causes it, the likely one first. */
  causes: Finding[];
}

/** What `storage.local` keeps besides pinned certificates. `region` maps a partition to a region. */
export interface Preferences {
  format?: string;
  region?: Record<string, string>;
}
