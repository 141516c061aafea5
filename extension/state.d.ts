// What the background keeps in `storage.session` beside the popup's view, and what it sends. The core's `wasm/wire.rs` is the other
// end of `Captured`, `Credentials` and `RegionPreference`, its `wasm/http.rs` that of `HttpRequest` and `HttpAnswer`.

import type { TrailSession } from './calls.js';
import type { Account, Message, Notice, PopupView, Session, SignIn } from './view.js';

/** What the browser saw, or what a person pasted. One of `form`, `raw`, `pasted`, `tooLarge` is set. */
export interface Captured {
  url: string | null;
  /** Epoch seconds. */
  at: number;
  /** The body as the browser parsed it. */
  form: Record<string, string[]> | null;
  /** The body's chunks, each in base64. */
  raw: string[] | null;
  pasted: string | null;
  /** Length of a body that was too large to keep. */
  tooLarge: number | null;
}

/** A sign-in as the core knows it: without the window it belongs to. */
export type CoreSignIn = Omit<SignIn, 'private' | 'container'>;

/** The same on its way out of the core: what all roles of an account have in common is said once. */
export interface BriefSignIn extends Omit<CoreSignIn, 'accounts'> {
  accounts: BriefAccount[];
}

/** `rolePrefix` is what the ARNs of its roles begin with, `provider` that of the roles that name none. A role that is only a name is one string. */
export type BriefAccount = [
  id: string,
  label: string,
  partition: string,
  rolePrefix: string,
  provider: string,
  roles: (string | { name: string; provider: string | null; chosen: boolean; refused: Message | null })[],
];

/** The windows something belongs to. */
export interface Context {
  private: boolean | null;
}

/** `pending:N` and `signin:ID`. `private` is null until the tab was asked. */
export interface Stored extends Context {
  captured: Captured;
  tab: number | null;
  container: string | null;
}

/** `inspecting`: what the popup hands over to the inspector, which takes it out at once. One of `signIn` and `text` may be set. */
export interface Inspecting extends Context {
  /** Id of a sign-in. */
  signIn: string | null;
  /** What a person pasted. */
  text: string | null;
}

/** A sign-in as the view holds it, with the room it takes in storage. */
export interface KeptSignIn extends SignIn {
  bytes: number;
}

/** `view` and `view:private`. */
export interface KeptView extends PopupView {
  signIns: KeptSignIn[];
  sessions: KeptSession[];
}

/** Credentials that still live, with the part of them that is no secret. */
export interface KeptSession extends Session {
  key: TrailSession;
}

/** `credentials:KEY`. `owner` says whose they are. Times are epoch seconds. */
export interface HeldCredentials extends Context {
  owner: string;
  role: string;
  provider: string;
  expiration: number;
  credentials: Credentials;
}

/** What STS gave: a secret. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: number;
  assumedRoleArn: string;
  role: string;
  provider: string;
  region: string;
}

/** The role that is asked for, and the sign-in that offers it. */
export interface Wanted {
  captured: Captured;
  /** ARNs. */
  role: string;
  provider: string;
}

/** `clock`: the time by a server's clock and by this computer's when its answer came, in epoch seconds. `notice` is there when they differ. */
export interface Clock {
  host: string;
  server: number;
  browser: number;
  notice: Notice | null;
}

/** The preferred region of each partition, by the partition's id. */
export type RegionPreference = Record<string, string>;

/** A request that the core made, to be sent as it is. Its body is a secret, and so are the headers of a signed one. */
export interface HttpRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | null;
  /** The region of the endpoint. */
  region: string;
  /** Milliseconds until it is given up. */
  timeoutMs: number;
  /** Bytes of the answer that are read; what comes after them is not. */
  answerBytes: number;
}

/** What came of a request: an answer, whose body may be a secret and whose header names are in lower case, or what went wrong on the way. */
export type HttpAnswer =
  | { failure: null; status: number; headers: Record<string, string>; body: Uint8Array<ArrayBuffer> }
  | { failure: 'timeout' | 'offline' | 'network'; status?: never; headers?: never; body?: never };
