// The messages between Rolecall's own pages and its background: what may be asked, and the check that a value is one of them.
// A value with a missing, extra or mistyped field is not a request, and the background does not answer it.
// @ts-check

/** @import { Events, RoleFacts } from './calls.js' */
/** @import { Inspecting } from './state.js' */
/** @import { Failure } from './view.js' */

/**
 * @typedef {'env' | 'env-no-export' | 'powershell' | 'windows-cmd' | 'fish' | 'process' | 'profile' | 'json'} Format
 *
 * @typedef {{ kind: 'export', signIn: string, role: string, provider: string, format: Format, fresh: boolean }} ExportRequest
 * @typedef {{ kind: 'import', text: string, private: boolean }} ImportRequest
 * @typedef {{ kind: 'clear', role: string | null, private: boolean }} ClearRequest
 * @typedef {{ kind: 'forget', signIn: string }} ForgetRequest
 * @typedef {{ kind: 'wake' }} WakeRequest
 * @typedef {{ kind: 'inspect', signIn: string | null, text: string | null, private: boolean }} InspectRequest
 * @typedef {{ kind: 'inspecting' }} InspectingRequest
 * @typedef {{ kind: 'rememberMetadata', application: string, from: 'metadata' | 'iam', certificates: string[] }} RememberMetadataRequest
 * @typedef {{ kind: 'dismissReminder', application: string }} DismissRequest
 * @typedef {{ kind: 'forgetCertificates', application: string | null }} ForgetCertificatesRequest
 * @typedef {{ kind: 'remind' }} RemindRequest
 * @typedef {RememberMetadataRequest | DismissRequest | ForgetCertificatesRequest | RemindRequest} CertificateRequest
 * @typedef {{ kind: 'readRole', signIn: string, role: string, provider: string }} ReadRoleRequest
 * @typedef {{ kind: 'readEvents', signIn: string, role: string, provider: string, region: string }} ReadEventsRequest
 * @typedef {ExportRequest | ImportRequest | ClearRequest | ForgetRequest | WakeRequest | InspectRequest | InspectingRequest | ReadRoleRequest
 *   | ReadEventsRequest | CertificateRequest} Request
 *
 * @typedef {{ ok: false, failure: Failure }} Failed
 * @typedef {{ ok: true, text: string, expiration: number, reused: boolean } | Failed} ExportResponse
 * @typedef {{ ok: true, id: string } | Failed} ImportResponse
 * @typedef {{ ok: true, inspecting: Inspecting | null } | Failed} InspectingResponse
 * @typedef {{ ok: true, role: RoleFacts & { alias: string | null, aliasRefused: Failure | null } } | Failed} ReadRoleResponse
 * @typedef {{ ok: true } & Events | Failed} ReadEventsResponse
 * @typedef {{ ok: true }} DoneResponse
 */

/**
 * The formats credentials can be copied in, in the order menus list them, with the keys of their name.
 * `sample` is the first line a person recognises the format by; it is code, so it is not translated.
 * @type {ReadonlyArray<{ id: Format, label: string, sample: string }>}
 */
export const FORMATS = Object.freeze([
  { id: 'env', label: 'format_env', sample: 'export AWS_ACCESS_KEY_ID=…' },
  { id: 'powershell', label: 'format_powershell', sample: "$Env:AWS_ACCESS_KEY_ID='…'" },
  { id: 'windows-cmd', label: 'format_windows_cmd', sample: 'set "AWS_ACCESS_KEY_ID=…"' },
  { id: 'fish', label: 'format_fish', sample: "set -gx AWS_ACCESS_KEY_ID '…'" },
  { id: 'env-no-export', label: 'format_env_no_export', sample: 'AWS_ACCESS_KEY_ID=…' },
  { id: 'profile', label: 'format_profile', sample: '[name] aws_access_key_id = …' },
  { id: 'process', label: 'format_process', sample: '{ "Version": 1, … }' },
  { id: 'json', label: 'format_json', sample: '{ "Credentials": … }' },
]);

/**
 * Whether `value` names a format.
 * @param {unknown} value
 * @returns {value is Format}
 */
export function isFormat(value) {
  return FORMATS.some((format) => format.id === value);
}

/**
 * Whether `value` is exactly one of the requests above.
 * @param {unknown} value
 * @returns {value is Request}
 */
export function isRequest(value) {
  if (!isPlainObject(value) || typeof value.kind !== 'string' || !Object.hasOwn(SCHEMAS, value.kind)) return false;
  const schema = SCHEMAS[/** @type {Request['kind']} */ (value.kind)];
  const fields = Object.keys(schema);
  return Object.keys(value).length === fields.length + 1
    && fields.every((field) => Object.hasOwn(value, field) && schema[field]?.(value[field]) === true);
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isPlainObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @param {unknown} value */
const isBoolean = (value) => typeof value === 'boolean';

/**
 * An identifier or ARN. IAM's longest ARN, with a 512-character path, stays far below 2,048 characters.
 * @param {unknown} value
 */
const isName = (value) => typeof value === 'string' && value.length > 0 && value.length <= 2048;

/**
 * Pasted text. Messages are copied between processes, and Chrome refuses one above 64 MiB; the core has its own, lower limit.
 * @param {unknown} value
 */
const isText = (value) => typeof value === 'string' && value.length <= 16 * 1024 * 1024;

/**
 * An issuer and an ARN.
 * @param {unknown} value
 */
const isLongName = (value) => typeof value === 'string' && value.length > 0 && value.length <= 2 * 2048 + 1;

/**
 * Certificates in base64. The core remembers none above 12 KiB (src/limits.rs), and real ones have one to two thousand bytes.
 * @param {unknown} value
 */
const isCertificates = (value) => Array.isArray(value) && value.length <= 64
  && value.every((one) => typeof one === 'string' && /^[A-Za-z0-9+/=]{1,16384}$/.test(one));

/** @param {(value: unknown) => boolean} is @returns {(value: unknown) => boolean} */
function orNull(is) {
  return (value) => value === null || is(value);
}

/** @type {Record<Request['kind'], Record<string, (value: unknown) => boolean>>} */
const SCHEMAS = {
  export: { signIn: isName, role: isName, provider: isName, format: isFormat, fresh: isBoolean },
  import: { text: isText, private: isBoolean },
  clear: { role: orNull(isName), private: isBoolean },
  forget: { signIn: isName },
  wake: {},
  inspect: { signIn: orNull(isName), text: orNull(isText), private: isBoolean },
  inspecting: {},
  rememberMetadata: { application: isLongName, from: (value) => value === 'metadata' || value === 'iam', certificates: isCertificates },
  dismissReminder: { application: isLongName },
  forgetCertificates: { application: orNull(isLongName) },
  remind: {},
  readRole: { signIn: isName, role: isName, provider: isName },
  readEvents: { signIn: isName, role: isName, provider: isName, region: isName },
};
