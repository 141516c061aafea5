// The signing certificates that were seen, as `storage.local` keeps them: public certificates, when each signed, and for which SAML
// providers of IAM. The background alone writes them. Each function takes the list and gives a new one.
// @ts-check
import { language, local, message } from '../platform.js';

/** @import { Application, KeptCertificate, Reminder, Signer } from '../rotation.js' */

export const KEY = 'certificates';

/** An application is an issuer with the SAML providers that its responses name. A large company has a few; the oldest give way. */
export const MAX_APPLICATIONS = 20;
/** Of one application: those of a rollover, and the six that the metadata of an Entra ID tenant may name. */
export const MAX_CERTIFICATES = 12;
/** Of one application, one an account. */
export const MAX_PROVIDERS = 200;

/** A certificate that has not signed for so long is of an application that nobody uses here; its end is no reminder. Seconds. */
const IN_USE = 90 * 86_400;

/**
 * The applications in a stored value. What is not one is left out.
 * @param {unknown} stored
 * @returns {Application[]}
 */
export function read(stored) {
  if (!Array.isArray(stored)) return [];
  return stored.filter(isApplication).map((one) => ({
    id: one.id,
    issuer: one.issuer,
    provider: typeof one.provider === 'string' ? one.provider : null,
    providers: one.providers.filter((provider) => typeof provider === 'string'),
    metadataAt: number(one.metadataAt),
    iamAt: number(one.iamAt),
    certificates: one.certificates.filter((certificate) => typeof certificate?.der === 'string').map(certificateOf),
  }));
}

/**
 * @param {unknown} value
 * @returns {value is Application}
 */
function isApplication(value) {
  const { id, issuer, providers, certificates } = /** @type {Partial<Application>} */ (typeof value === 'object' && value !== null ? value : {});
  return typeof id === 'string' && typeof issuer === 'string' && Array.isArray(providers) && Array.isArray(certificates);
}

/**
 * @param {Partial<KeptCertificate> & { der: string }} stored
 * @returns {KeptCertificate}
 */
function certificateOf({ der, reminders, ...stored }) {
  const whole = Array.isArray(reminders) && reminders.length === 4 && reminders.every((at) => typeof at === 'number');
  return {
    der,
    reminders: whole ? reminders : null,
    notAfter: number(stored.notAfter),
    firstSeen: number(stored.firstSeen),
    lastSeen: number(stored.lastSeen),
    accepted: number(stored.accepted),
    refused: number(stored.refused),
    inMetadata: stored.inMetadata === true,
    inIam: stored.inIam === true,
    dismissed: number(stored.dismissed),
    notified: number(stored.notified),
  };
}

/** @param {unknown} value */
function number(value) {
  return typeof value === 'number' ? value : null;
}

/* ---- what happened ---- */

/**
 * What a response says of itself.
 * @typedef {{ issuer: string, provider: string | null, providers: string[], signer: Signer, at: number }} Sighting
 */

/**
 * A captured response was signed with a certificate. Responses of one issuer that share a SAML provider of IAM come from one application:
 * Entra ID and Okta have a certificate for each, and two applications of a tenant are no rotation.
 * @param {Application[]} applications
 * @param {Sighting} sighting
 * @returns {Application[]}
 */
export function seen(applications, sighting) {
  const { signer, at } = sighting;
  return withCertificate(applications, sighting, signer.der, (known) => ({
    ...known,
    reminders: signer.reminders,
    notAfter: signer.notAfter,
    firstSeen: Math.min(known.firstSeen ?? at, at),
    lastSeen: Math.max(known.lastSeen ?? at, at),
  }));
}

/**
 * STS took a response, or called its signature invalid.
 * @param {Application[]} applications
 * @param {Sighting} sighting
 * @param {boolean} isAccepted
 * @returns {Application[]}
 */
export function answered(applications, sighting, isAccepted) {
  const { at } = sighting;
  return withCertificate(applications, sighting, sighting.signer.der, (known) => (isAccepted ? { ...known, accepted: at } : { ...known, refused: at }));
}

/**
 * Metadata was read: the identity provider's own, or what IAM holds. It takes the place of what was read before.
 * @param {Application[]} applications
 * @param {string} id
 * @param {'metadata' | 'iam'} from
 * @param {string[]} ders
 * @param {number} at
 * @returns {Application[]}
 */
export function compared(applications, id, from, ders, at) {
  return applications.map((application) => {
    if (application.id !== id) return application;
    const has = (/** @type {string} */ der) => ders.includes(der);
    const fresh = ders.filter((der) => !application.certificates.some((one) => one.der === der)).map((der) => certificateOf({ der }));
    const certificates = [...application.certificates, ...fresh].map((one) =>
      (from === 'metadata' ? { ...one, inMetadata: has(one.der) } : { ...one, inIam: has(one.der) }));
    return { ...application, [from === 'metadata' ? 'metadataAt' : 'iamAt']: at, certificates: bounded(certificates) };
  });
}

/**
 * A reminder was dismissed, or shown as a notification.
 * @param {Application[]} applications
 * @param {Reminder} reminder
 * @param {'dismissed' | 'notified'} how
 * @returns {Application[]}
 */
export function marked(applications, { id, der, level }, how) {
  return applications.map((application) => (application.id !== id ? application : {
    ...application,
    certificates: application.certificates.map((one) => (one.der === der ? { ...one, [how]: level } : one)),
  }));
}

/**
 * @param {Application[]} applications
 * @param {Sighting} sighting
 * @param {string} der
 * @param {(known: KeptCertificate) => KeptCertificate} change
 * @returns {Application[]}
 */
function withCertificate(applications, { issuer, provider, providers }, der, change) {
  const isOurs = (/** @type {Application} */ one) => one.issuer === issuer && one.providers.some((known) => providers.includes(known));
  const ours = applications.filter(isOurs);
  const whole = merged(ours, { id: `${issuer}\n${providers[0] ?? ''}`, issuer, provider, providers });
  const known = whole.certificates.find((one) => one.der === der) ?? certificateOf({ der });
  const changed = { ...whole, certificates: bounded([change(known), ...whole.certificates.filter((one) => one.der !== der)]) };
  return fewEnough([changed, ...applications.filter((one) => !isOurs(one))]);
}

/**
 * One application less where there are too many: the oldest that STS never took a response of. Anyone can post to AWS's address; what is
 * known to be real is not pushed out by it.
 * @param {Application[]} applications newest first
 */
function fewEnough(applications) {
  if (applications.length <= MAX_APPLICATIONS) return applications;
  const unproven = applications.filter((one) => !one.certificates.some(({ accepted }) => accepted !== null));
  const dropped = unproven.at(-1) ?? applications.at(-1);
  return applications.filter((one) => one !== dropped);
}

/**
 * Applications that turned out to be one, the oldest id kept; a response that names a provider of each tells.
 * @param {Application[]} ours newest first
 * @param {Pick<Application, 'id' | 'issuer' | 'provider' | 'providers'>} now
 * @returns {Application}
 */
function merged(ours, now) {
  /** @type {Map<string, KeptCertificate>} */
  const ders = new Map();
  for (const one of ours.flatMap((application) => application.certificates)) {
    const other = ders.get(one.der);
    ders.set(one.der, other ? together(one, other) : one);
  }
  return {
    ...now,
    id: ours.at(-1)?.id ?? now.id,
    providers: [...new Set([...ours.flatMap((one) => one.providers), ...now.providers])].slice(0, MAX_PROVIDERS),
    metadataAt: latest(ours.map((one) => one.metadataAt)),
    iamAt: latest(ours.map((one) => one.iamAt)),
    certificates: [...ders.values()],
  };
}

/**
 * What two applications that are one know of the same certificate.
 * @param {KeptCertificate} one
 * @param {KeptCertificate} other
 * @returns {KeptCertificate}
 */
function together(one, other) {
  const first = [one.firstSeen, other.firstSeen].filter((at) => at !== null);
  return {
    ...one,
    reminders: one.reminders ?? other.reminders,
    notAfter: one.notAfter ?? other.notAfter,
    firstSeen: first.length > 0 ? Math.min(...first) : null,
    lastSeen: latest([one.lastSeen, other.lastSeen]),
    accepted: latest([one.accepted, other.accepted]),
    refused: latest([one.refused, other.refused]),
    inMetadata: one.inMetadata || other.inMetadata,
    inIam: one.inIam || other.inIam,
    dismissed: latest([one.dismissed, other.dismissed]),
    notified: latest([one.notified, other.notified]),
  };
}

/** @param {(number | null)[]} times */
function latest(times) {
  return times.reduce((one, other) => (other !== null && (one === null || other > one) ? other : one), null);
}

/**
 * The certificates that are kept: what AWS took and what signed lately before what only metadata names and what any page can have posted.
 * @param {KeptCertificate[]} certificates
 */
function bounded(certificates) {
  if (certificates.length <= MAX_CERTIFICATES) return certificates;
  const worth = (/** @type {KeptCertificate} */ one) => (one.accepted !== null ? 2 : one.inMetadata || one.inIam ? 1 : 0);
  const newest = certificates[0];
  const others = certificates.slice(1).sort((one, other) => worth(other) - worth(one) || (other.lastSeen ?? 0) - (one.lastSeen ?? 0));
  return newest ? [newest, ...others].slice(0, MAX_CERTIFICATES) : [];
}

/* ---- reminders ---- */

/**
 * The reminder that is due and was not dismissed: the most urgent, of the certificate that ends first.
 * @param {Application[]} applications
 * @param {number} now epoch seconds
 * @returns {Reminder | null}
 */
export function reminder(applications, now) {
  const due = applications.flatMap((application) => {
    const one = signing(application);
    if (!one || one.reminders === null || one.notAfter === null || now - (one.lastSeen ?? 0) > IN_USE) return [];
    const level = one.reminders.findLastIndex((from) => now >= from);
    if (level < 0 || (one.dismissed !== null && level <= one.dismissed)) return [];
    const { id, provider, issuer } = application;
    return [{ id, der: one.der, provider, issuer, level, notAfter: one.notAfter, notified: one.notified }];
  });
  due.sort((one, other) => other.level - one.level || one.notAfter - other.notAfter);
  return due[0] ?? null;
}

/**
 * The reminder, unless it was shown as a notification already.
 * @param {Application[]} applications
 * @param {number} now
 * @returns {Reminder | null}
 */
export function unnotified(applications, now) {
  const due = reminder(applications, now);
  const notified = applications.find((one) => one.id === due?.id)?.certificates.find((one) => one.der === due?.der)?.notified ?? null;
  return due !== null && (notified === null || due.level > notified) ? due : null;
}

/** The certificate of the newest response. @param {Application} application */
function signing({ certificates }) {
  const signers = certificates.filter((one) => one.lastSeen !== null);
  return signers.sort((one, other) => (other.lastSeen ?? 0) - (one.lastSeen ?? 0) || (other.firstSeen ?? 0) - (one.firstSeen ?? 0))[0] ?? null;
}

/**
 * The reminder as a sentence.
 * @param {Reminder} reminder
 * @param {number} now
 */
export function sentence({ provider, issuer, level, notAfter }, now) {
  const who = provider ?? issuer;
  if (level === 3) return message('reminder_ended', [who]);
  const days = Math.max(0, Math.floor((notAfter - now) / 86_400));
  const args = [who, new Intl.NumberFormat(language()).format(days)];
  return message(`reminder_${new Intl.PluralRules(language()).select(days)}`, args) || message('reminder_other', args);
}

/* ---- storage ---- */

/** @returns {Promise<Application[]>} */
export async function load() {
  return read((await local.get(KEY))[KEY]);
}

/** @param {Application[]} applications @returns {Promise<void>} */
export async function save(applications) {
  await (applications.length > 0 ? local.set({ [KEY]: applications }) : local.remove(KEY));
}
