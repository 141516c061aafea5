// What is remembered of certificates, and what the core says about it. The core's `wasm/signer.rs` and `wasm/desk/rotation.rs` are the
// other end. Times are epoch seconds.

/** The certificate that a response carried. */
export interface Signer {
  /** The certificate, in base64. */
  der: string;
  notAfter: number;
  /** From when it is 60, 30 and 7 days to its end, and from when it has ended. */
  reminders: [number, number, number, number];
}

/** A certificate of an application, as `storage.local` keeps it. */
export interface KeptCertificate {
  der: string;
  /** Null for one that never signed. */
  reminders: [number, number, number, number] | null;
  notAfter: number | null;
  /** When it signed a captured response. */
  firstSeen: number | null;
  lastSeen: number | null;
  /** When STS last took a response that it signed, and when it last called the signature invalid. */
  accepted: number | null;
  refused: number | null;
  /** Whether the identity provider's metadata has it, and whether IAM's has it, as of `metadataAt` and `iamAt`. */
  inMetadata: boolean;
  inIam: boolean;
  /** The reminder that was dismissed, and the one that was notified: its place in `reminders`. */
  dismissed: number | null;
  notified: number | null;
}

/** An application of an identity provider: `certificates` in `storage.local` is a list of them. */
export interface Application {
  id: string;
  /** Entity id. */
  issuer: string;
  /** What to call the identity provider. */
  provider: string | null;
  /** ARNs of SAML providers in IAM. */
  providers: string[];
  metadataAt: number | null;
  iamAt: number | null;
  certificates: KeptCertificate[];
}

/** What the core is told. */
export interface KnownApplication extends Pick<Application, 'issuer' | 'providers' | 'metadataAt' | 'iamAt'> {
  certificates: (Pick<KeptCertificate, 'der' | 'firstSeen' | 'lastSeen' | 'accepted' | 'refused' | 'inMetadata' | 'inIam'> & { pinned: boolean })[];
}

export type Severity = 'error' | 'warning' | 'note';

/** What the core says: codes and numbers. */
export interface Rotation {
  issuer: string;
  provider: string;
  phase: string;
  severity: Severity | null;
  certificates: CertificateRow[];
  advice: { code: string; args: string[]; severity: Severity }[];
  steps: { code: string; state: 'done' | 'now' | 'later' }[];
  commands: { provider: string; account: string; get: string; update: string }[];
  terraform: string;
  key_descriptor: string | null;
}

export interface CertificateRow {
  /** Its place in `KnownApplication.certificates`. */
  index: number;
  state: string;
  subject: string;
  serial: string;
  key: string;
  key_bits: number;
  not_before: number;
  not_after: number;
  days_left: number;
  reminder: 60 | 30 | 7 | 0 | null;
  first_seen: number | null;
  last_seen: number | null;
  accepted: number | null;
  refused: number | null;
  in_metadata: boolean | null;
  in_aws: boolean | null;
  pinned: boolean;
}

/** The reminder that is due: of the certificate that ends first. */
export interface Reminder {
  /** Of the application. */
  id: string;
  der: string;
  provider: string | null;
  issuer: string;
  /** Place in `reminders`: 0 to 3. */
  level: number;
  notAfter: number;
}
