// What signed calls of AWS bring back (the core's `wasm/calls.rs`), and the CloudTrail texts of a sign-in (`wasm/desk/trail.rs`). Times are
// epoch seconds.

/** A role as IAM has it. */
export interface RoleFacts {
  name: string;
  arn: string;
  /** Seconds. */
  maxSessionDuration: number;
  description: string;
  createDate: number | null;
  /** Of the last 400 days. */
  lastUsed: number | null;
  /** JSON. */
  trustPolicy: string;
}

/** What CloudTrail has of an access key, newest first. */
export interface Events {
  events: CloudTrailEvent[];
  /** Whether there are older ones. */
  more: boolean;
}

export interface CloudTrailEvent {
  id: string;
  time: number | null;
  /** Such as `s3`. */
  service: string;
  name: string;
  resources: { type: string; name: string }[];
  /** AWS's code, such as `AccessDenied`. */
  error: string | null;
  readOnly: boolean | null;
  region: string | null;
  sourceIp: string | null;
}

/** What is no secret about exported credentials. */
export interface TrailSession {
  accessKeyId: string;
  assumedRoleArn: string | null;
  region: string;
}

/** What CloudTrail records of a sign-in to a role, and how to find it. */
export interface Trail {
  session_arn: string | null;
  access_key_id: string | null;
  principal_id: string | null;
  /** RFC 3339. */
  since: string | null;
  sign_in_region: string;
  region: string;
  regions: string[];
  texts: TrailText[];
}

/** The words of a text are `trail_ID`. */
export interface TrailText {
  id: string;
  kind: 'event' | 'command' | 'query' | 'link';
  text: string;
}
