// The popup's drawing: each function takes the document and what to show, and returns nodes. Nothing here listens, asks or remembers.
// A part that does something carries `data-action`; popup.js listens for those. `data-focus` names a part across repaints.
// @ts-check
import { FORMATS } from '../protocol.js';
import { element, foreign } from '../ui/dom.js';
import { ago, hint, plural, say, t, timeOfDay } from '../ui/i18n.js';
import { icon, mark } from '../ui/icons.js';
import { clock, secondsLeft, shareLeft } from '../ui/time.js';
import { groupDigits, spoken } from './filter.js';

/** @import { Account, Failure, Message, Notice, Role, Session, SignIn } from '../view.js' */
/** @import { Format } from '../protocol.js' */
/** @import { Group } from '../ui/menu.js' */

/**
 * What the status bar tells after something was done.
 * @typedef {{ kind: 'copied', key: string, role: Role, account: Account, format: Format, expiration: number, reused: boolean }
 *   | { kind: 'failed', key: string, role: Role, account: Account }
 *   | { kind: 'said', text: string }} Status
 */

/**
 * Everything the roles are drawn from.
 * @typedef {object} Scene
 * @property {number} now epoch seconds
 * @property {SignIn} signIn
 * @property {Session[]} sessions
 * @property {Format} format
 * @property {ReadonlyMap<string, Failure>} failures by `roleKey`
 * @property {ReadonlySet<string>} busy keys of roles whose copy takes long enough to say so
 * @property {string | null} copied key of the role that was just copied
 * @property {Explainer | null} explain draws why a copy failed; there once one did
 */

/** @typedef {(document: Document, failure: Failure, name: string) => HTMLElement[]} Explainer */

/**
 * Names a role of a sign-in across repaints.
 * @param {SignIn} signIn
 * @param {Role} role
 */
export function roleKey(signIn, role) {
  return [signIn.id, role.arn, role.provider].join('\n');
}

/**
 * The live credentials of a role, if any.
 * @param {Session[]} sessions
 * @param {SignIn} signIn
 * @param {Role} role
 * @param {number} now
 */
export function liveSession(sessions, signIn, role, now) {
  return sessions.find((session) => session.signIn === signIn.id && session.arn === role.arn
    && session.provider === role.provider && session.expiration > now) ?? null;
}

/** @param {Format} format */
export function formatName(format) {
  return t(FORMATS.find((known) => known.id === format)?.label ?? format);
}

/**
 * The account as a sentence names it: its label, else its digits.
 * @param {Account} account
 */
export function accountName(account) {
  return spoken(account) ?? groupDigits(account.id);
}

/**
 * `team/data/Developer` as its path and its name.
 * @param {string} name
 * @returns {[string, string]}
 */
export function splitPath(name) {
  const cut = name.lastIndexOf('/') + 1;
  return [name.slice(0, cut), name.slice(cut)];
}

/**
 * @param {SignIn} signIn
 * @param {number} now
 */
export function isExpired(signIn, now) {
  return signIn.usableUntil !== null && secondsLeft(signIn.usableUntil, now) === 0;
}

/* ---- the identity line and the countdown ---- */

/**
 * Who signed in, through whom, to where. With several sign-ins it is the button that switches between them.
 * @param {Document} document
 * @param {SignIn} signIn
 * @param {number} count of sign-ins
 */
export function drawIdentity(document, signIn, count) {
  const lines = [
    element(document, 'span', { class: 'identity-name' },
      foreign(document, signIn.identity ?? t('identity_unknown'), { class: 'identity-text', title: signIn.identity }),
      count > 1 && element(document, 'span', { class: 'identity-count', title: plural('sign_ins', count) },
        String(count), icon(document, 'chevron'))),
    drawOrigin(document, signIn),
  ];
  if (count < 2) return element(document, 'div', { id: 'identity', class: 'identity' }, ...lines);
  return element(document, 'button', {
    id: 'identity',
    class: 'identity identity-button',
    type: 'button',
    'data-action': 'switch',
    'data-focus': 'identity',
    'data-menu-align': 'start',
    'aria-haspopup': 'listbox',
    'aria-expanded': 'false',
    'aria-describedby': 'identity-help',
  }, ...lines);
}

/**
 * The provider, the partition, and the marks of a private window and a container.
 * @param {Document} document
 * @param {SignIn} signIn
 */
function drawOrigin(document, signIn) {
  const from = signIn.provider ?? t('provider_unknown');
  const partition = signIn.partition && t(`partition_${signIn.partition.replaceAll('-', '_')}`);
  return element(document, 'span', { class: 'identity-origin' },
    foreign(document, from, { class: 'identity-provider', title: signIn.issuer ?? from }),
    partition && element(document, 'span', { class: 'identity-partition', title: partition, 'data-partition': signIn.partition }, partition),
    signIn.private && drawTag(document, 'private', t('private_window'), t('private_window_title')),
    signIn.container && drawTag(document, 'container', t('container', signIn.container), t('container_title')));
}

/**
 * @param {Document} document
 * @param {'private' | 'container'} name
 * @param {string} text
 * @param {string} title
 */
function drawTag(document, name, text, title) {
  return element(document, 'span', { class: 'tag', title, 'data-mark': name }, icon(document, name), text);
}

/**
 * How long AWS still takes the assertion. Null when the assertion does not say.
 * @param {Document} document
 * @param {SignIn} signIn
 * @param {number} now
 */
export function drawCountdown(document, signIn, now) {
  const { usableUntil } = signIn;
  if (usableUntil === null) return null;
  if (isExpired(signIn, now)) {
    return element(document, 'div', { id: 'countdown', class: 'countdown', 'data-state': 'expired' },
      icon(document, 'warning'),
      element(document, 'p', { class: 'countdown-text' },
        element(document, 'strong', {}, t('expired_at', timeOfDay(usableUntil))), ' ', t('sign_in_again')));
  }
  const share = shareLeft(signIn.issuedAt ?? signIn.at, usableUntil, now);
  return element(document, 'div', { id: 'countdown', class: 'countdown', 'data-state': countdownState(usableUntil, now) },
    icon(document, 'clock'),
    element(document, 'p', { class: 'countdown-text', title: t('usable_title') },
      t('usable_for'), ' ',
      element(document, 'span', { class: 'time', role: 'timer', 'data-until': usableUntil }, clock(secondsLeft(usableUntil, now)))),
    element(document, 'progress', {
      class: 'bar',
      max: 1,
      value: share.toFixed(4),
      'aria-label': t('usable_title'),
      'data-from': signIn.issuedAt ?? signIn.at,
      'data-to': usableUntil,
    }));
}

/**
 * `soon` in the last minute.
 * @param {number} usableUntil
 * @param {number} now
 */
export function countdownState(usableUntil, now) {
  return secondsLeft(usableUntil, now) > 60 ? 'usable' : 'soon';
}

/* ---- roles ---- */

/**
 * The accounts and their roles.
 * @param {Document} document
 * @param {Scene} scene
 */
export function drawAccounts(document, scene) {
  const { accounts, partition } = scene.signIn;
  return accounts.map((account, index) => {
    const label = spoken(account);
    const id = `account-${index}`;
    return element(document, 'section', { class: 'account', 'data-account-id': account.id, 'aria-labelledby': id },
      element(document, 'h2', { class: 'account-name', id },
        label && foreign(document, label, { class: 'account-label', title: label }),
        element(document, 'span', { class: label ? 'account-id' : 'account-id account-id-alone', dir: 'ltr' }, groupDigits(account.id)),
        account.partition !== partition && element(document, 'span', { class: 'tag' }, account.partition)),
      element(document, 'ul', { class: 'roles', role: 'list' }, ...account.roles.map((role) => drawRole(document, scene, account, role))));
  });
}

/**
 * One role: its name, its marks, what can be done with it, and what went wrong with it.
 * @param {Document} document
 * @param {Scene} scene
 * @param {Account} account
 * @param {Role} role
 */
export function drawRole(document, scene, account, role) {
  const key = roleKey(scene.signIn, role);
  const live = liveSession(scene.sessions, scene.signIn, role, scene.now);
  const failure = scene.failures.get(key);
  const twins = account.roles.some((other) => other !== role && other.arn === role.arn);
  const [path, name] = splitPath(role.name);
  return element(document, 'li', {
    class: 'role',
    'data-role-arn': role.arn,
    'data-provider-arn': role.provider,
    'data-account': account.id,
    'data-key': key,
    'data-live': live !== null,
    'data-refused': role.refused !== null,
  },
    element(document, 'div', { class: 'role-line' },
      element(document, 'span', { class: 'role-name', title: twins ? `${role.name}\n${role.provider}` : role.name },
        element(document, 'span', { class: 'role-words', dir: 'auto' },
          path && element(document, 'span', { class: 'role-path' }, path),
          element(document, 'span', { class: 'role-leaf' }, name)),
        twins && element(document, 'span', { class: 'role-provider', dir: 'auto' }, splitPath(role.provider)[1])),
      role.chosen && element(document, 'span', { class: 'tag tag-accent', title: t('chosen_title'), 'data-mark': 'chosen' },
        icon(document, 'check'), element(document, 'span', { class: 'tag-word' }, t('chosen'))),
      live && drawTimeLeft(document, live.expiration, scene.now),
      drawSplit(document, scene, account, role, key)),
    role.refused && element(document, 'p', { class: 'role-refused' },
      icon(document, 'lock'), element(document, 'span', {}, say(role.refused, 'role.refused'))),
    failure && drawFailure(document, failure, key, scene.explain));
}

/**
 * @param {Document} document
 * @param {number} expiration
 * @param {number} now
 */
function drawTimeLeft(document, expiration, now) {
  return element(document, 'span', { class: 'left', title: t('live_title'), 'data-mark': 'left' },
    element(document, 'span', { class: 'time', role: 'timer', 'data-until': expiration }, clock(secondsLeft(expiration, now))),
    ' ', element(document, 'span', { class: 'left-word' }, t('left')));
}

/**
 * The copy button with its menu; for a role that cannot be exported, the menu alone.
 * @param {Document} document
 * @param {Scene} scene
 * @param {Account} account
 * @param {Role} role
 * @param {string} key
 */
function drawSplit(document, scene, account, role, key) {
  const place = accountName(account);
  const busy = scene.busy.has(key);
  const done = scene.copied === key;
  const sign = icon(document, busy ? 'refresh' : done ? 'check' : 'copy');
  const options = element(document, 'button', {
    class: 'options',
    type: 'button',
    'data-action': 'menu',
    'data-focus': `options\n${key}`,
    'aria-haspopup': 'menu',
    'aria-expanded': 'false',
    'aria-label': t('options_label', role.name, place),
    title: t('options_title'),
    tabindex: -1,
  }, icon(document, role.refused ? 'more' : 'chevron'));
  if (role.refused) return element(document, 'span', { class: 'split split-alone' }, options);
  return element(document, 'span', { class: 'split', 'data-state': busy ? 'busy' : done ? 'done' : null },
    element(document, 'button', {
      class: 'copy',
      type: 'button',
      'data-action': 'copy',
      'data-focus': `copy\n${key}`,
      'aria-label': t('copy_label', role.name, place, formatName(scene.format)),
      'aria-busy': busy ? 'true' : null,
      title: t('copy_title', formatName(scene.format)),
      tabindex: -1,
    }, sign, element(document, 'span', {}, t('copy'))),
    options);
}

/**
 * What went wrong, why, what to do next, and AWS's own words.
 * @param {Document} document
 * @param {Failure} failure
 * @param {string | null} key of the role it belongs to; null when it can only be read
 * @param {Explainer | null} [explain]
 */
export function drawFailure(document, failure, key, explain = null) {
  const advice = hint(failure.hint);
  return element(document, 'div', { class: 'failure', 'data-code': failure.code },
    icon(document, 'error', 'severity-error'),
    element(document, 'div', { class: 'failure-body' },
      element(document, 'p', { class: 'failure-text' }, say(failure.text, failure.code)),
      advice && element(document, 'p', { class: 'failure-hint' }, advice),
      failure.aws && element(document, 'figure', { class: 'quote' },
        element(document, 'figcaption', {}, t('aws_says')),
        element(document, 'blockquote', { dir: 'auto' }, failure.aws)),
      key !== null && element(document, 'div', { class: 'failure-actions' },
        element(document, 'button', { class: 'button', type: 'button', 'data-action': 'retry', 'data-focus': `retry\n${key}` }, t('try_again')),
        element(document, 'button', { class: 'button button-quiet', type: 'button', 'data-action': 'dismiss', 'data-focus': `dismiss\n${key}` }, t('dismiss'))),
      ...(explain?.(document, failure, `cause\n${key ?? ''}`) ?? [])));
}

/**
 * The groups of a role's menu.
 * @param {Role} role
 * @param {Format} format the remembered one
 * @param {boolean} live
 * @returns {Group[]}
 */
export function roleMenu(role, format, live) {
  return [
    { label: t('menu_copy_for'), title: true, items: role.refused ? [] : formatItems(format) },
    {
      label: t('menu_more'),
      items: [
        ...(role.refused ? [] : [{ id: 'fresh', label: t('menu_fresh'), icon: /** @type {const} */ ('refresh') }]),
        { id: 'arn', label: t('menu_arn'), icon: /** @type {const} */ ('link') },
        ...(live ? [{ id: 'clear', label: t('menu_clear'), icon: /** @type {const} */ ('clear') }] : []),
      ],
    },
  ];
}

/**
 * The formats as items of a choice.
 * @param {Format} format the chosen one
 */
export function formatItems(format) {
  return FORMATS.map(({ id, label }) => ({ id: `format:${id}`, label: t(label), detail: id, checked: id === format }));
}

/**
 * The groups of the menu at the top.
 * @param {boolean} live whether any credentials live
 * @returns {Group[]}
 */
export function moreMenu(live) {
  return [
    { label: t('menu_sign_in'), items: [
      { id: 'inspect', label: t('menu_inspect'), icon: 'search' },
      { id: 'paste', label: t('menu_paste'), icon: 'paste' },
      ...(live ? [{ id: 'clear-all', label: t('menu_clear_all'), icon: /** @type {const} */ ('clear') }] : []),
      { id: 'forget', label: t('menu_forget'), icon: 'close' },
    ] },
    { label: t('menu_rolecall'), items: [
      { id: 'setup', label: t('setup_open'), icon: 'check' },
      { id: 'keys', label: t('menu_keys'), icon: 'keyboard', detail: '?' },
      { id: 'certificates', label: t('menu_certificates'), icon: 'lock' },
      { id: 'settings', label: t('menu_settings'), icon: 'settings' },
    ] },
  ];
}

/**
 * The sign-ins as items of a choice.
 * @param {Document} document
 * @param {SignIn[]} signIns
 * @param {SignIn} chosen
 * @param {number} now
 * @returns {Group[]}
 */
export function signInMenu(document, signIns, chosen, now) {
  return [{ label: t('sign_ins_label'), items: signIns.map((signIn) => ({
    id: signIn.id,
    label: signIn.identity ?? t('identity_unknown'),
    checked: signIn.id === chosen.id,
    content: element(document, 'span', { class: 'menu-lines' },
      element(document, 'span', { class: 'menu-line' },
        foreign(document, signIn.identity ?? t('identity_unknown'), { class: 'menu-label' }),
        element(document, 'span', { class: 'menu-detail' }, ago(Math.max(0, now - signIn.at)))),
      element(document, 'span', { class: 'menu-line menu-sub' },
        drawOrigin(document, signIn),
        element(document, 'span', { class: 'menu-count' }, signIn.roleCount > 0 ? plural('roles', signIn.roleCount) : t('no_roles_short')))),
  })) }];
}

/**
 * Said in place of the list when the filter fits no role.
 * @param {Document} document
 * @param {string} typed
 */
export function drawNoMatch(document, typed) {
  return element(document, 'div', { class: 'blank', id: 'no-match' },
    element(document, 'p', { class: 'blank-title' }, t('no_match', typed)),
    element(document, 'p', { class: 'blank-text' }, t('no_match_hint')),
    element(document, 'button', { class: 'button', type: 'button', 'data-action': 'clear-filter', 'data-focus': 'clear-filter' }, t('clear_filter')));
}

/* ---- notices ---- */

/**
 * One notice: severity as icon and word, the text, and what to do.
 * @param {Document} document
 * @param {Notice} notice
 * @param {boolean} [stepped] with what the administrators do
 */
export function drawNotice(document, notice, stepped = false) {
  const advice = hint(notice.hint);
  const steps = stepped ? [[t('at_provider'), notice.fix_place, notice.fix], [t('in_iam'), notice.fix_iam]] : [];
  return element(document, 'li', { class: 'notice', 'data-severity': notice.severity, 'data-code': notice.code },
    icon(document, notice.severity, `severity-${notice.severity}`),
    element(document, 'div', { class: 'notice-body' },
      element(document, 'p', { class: 'notice-text', dir: 'auto' },
        element(document, 'strong', { class: `severity-${notice.severity}` }, t(`severity_${notice.severity}`)), ' ',
        say(notice.text, notice.code)),
      advice && element(document, 'p', { class: 'notice-hint', dir: 'auto' }, advice),
      ...steps.map(([title, ...words]) => drawStep(document, String(title), words))));
}

/**
 * What an administrator does about a notice.
 * @param {Document} document
 * @param {string} title
 * @param {unknown[]} messages
 */
function drawStep(document, title, messages) {
  const words = messages.map((message) => hint(/** @type {Message | null} */ (message ?? null))).filter((text) => text !== '');
  return words.length > 0 && element(document, 'p', { class: 'notice-step', dir: 'auto' }, element(document, 'strong', {}, title), ' ', words.join('. '));
}

/**
 * The button that opens the inspector for the shown sign-in.
 * @param {Document} document
 * @param {string} focus
 * @param {string} look
 */
function drawInspect(document, focus, look) {
  return element(document, 'button', { class: look, type: 'button', 'data-action': 'inspect', 'data-focus': focus, title: t('inspect_title') }, t('inspect'));
}

/**
 * Notices by severity; those of one severity stay in their order.
 * @param {Notice[]} notices
 */
export function worstFirst(notices) {
  const rank = (/** @type {Notice} */ { severity }) => ['error', 'warning', 'note'].indexOf(severity);
  return notices.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * The strip with the worst notice, which opens to the list of all.
 * @param {Document} document
 * @param {Notice[]} notices worst first
 * @param {boolean} open
 */
export function drawNotices(document, notices, open) {
  const [worst] = notices;
  if (!worst) return [];
  const rest = notices.length - 1;
  return [
    element(document, 'div', { class: 'notices-strip', 'data-severity': worst.severity },
      element(document, 'button', {
        class: 'notices-toggle',
        id: 'notices-toggle',
        type: 'button',
        'data-action': 'notices',
        'data-focus': 'notices',
        'aria-expanded': String(open),
        'aria-controls': 'notices-list',
      },
        icon(document, worst.severity, `severity-${worst.severity}`),
        element(document, 'span', { class: 'notices-worst' },
          element(document, 'strong', { class: `severity-${worst.severity}` }, t(`severity_${worst.severity}`)), ' ',
          element(document, 'span', { dir: 'auto' }, say(worst.text, worst.code))),
        element(document, 'span', { class: 'notices-title' }, plural('findings', notices.length)),
        rest > 0 && element(document, 'span', { class: 'notices-count' }, plural('more', rest)),
        icon(document, 'chevron', 'notices-chevron')),
      drawInspect(document, 'inspect', 'notices-inspect')),
    element(document, 'ul', { class: 'notices-list', id: 'notices-list', role: 'list', hidden: !open },
      ...notices.map((notice) => drawNotice(document, notice, true))),
  ];
}

/**
 * A sign-in that offers no role: its notices are the content.
 * @param {Document} document
 * @param {SignIn} signIn
 */
export function drawNoRoles(document, signIn) {
  return element(document, 'div', { class: 'no-roles', id: 'no-roles' },
    element(document, 'h2', { class: 'blank-title' }, t('no_roles')),
    element(document, 'p', { class: 'blank-text' }, t('no_roles_text')),
    signIn.notices.length > 0 && element(document, 'ul', { class: 'notices-full', role: 'list' },
      ...signIn.notices.map((notice) => drawNotice(document, notice, true))),
    element(document, 'p', { class: 'no-roles-more' }, drawInspect(document, 'inspect', 'button')));
}

/* ---- status bar ---- */

/**
 * What was just done. The ticking time is a timer, which screen readers do not read out at each tick.
 * @param {Document} document
 * @param {Status} status
 * @param {number} now
 */
export function drawStatus(document, status, now) {
  if (status.kind === 'said') {
    return [icon(document, 'check', 'status-done'), element(document, 'p', { class: 'status-line' }, status.text)];
  }
  const what = element(document, 'p', { class: 'status-what' },
    t(status.kind === 'copied' ? 'copied' : 'not_copied'), ' ',
    foreign(document, splitPath(status.role.name)[1], { class: 'status-role' }), ' ',
    element(document, 'span', { class: 'status-account' }, foreign(document, accountName(status.account))));
  if (status.kind === 'failed') {
    return [icon(document, 'error', 'severity-error'),
      element(document, 'div', { class: 'status-lines' }, what,
        element(document, 'p', { class: 'status-detail' }, t('not_copied_detail'))),
      element(document, 'button', { class: 'button', type: 'button', 'data-action': 'show-failure', 'data-focus': 'show-failure' }, t('show'))];
  }
  return [icon(document, 'check', 'status-done'),
    element(document, 'div', { class: 'status-lines' }, what,
      element(document, 'p', { class: 'status-detail' },
        element(document, 'span', {}, t('copied_for', formatName(status.format))), ' ',
        element(document, 'span', { class: 'status-left' },
          element(document, 'span', { class: 'time', role: 'timer', 'data-until': status.expiration }, clock(secondsLeft(status.expiration, now))), ' ', t('left')),
        status.reused && element(document, 'span', { class: 'status-reused', title: t('reused_title') }, t('reused')))),
    element(document, 'button', { class: 'button', type: 'button', id: 'clear', 'data-action': 'clear-copied', 'data-focus': 'clear', title: t('clear_title') }, t('clear'))];
}

/**
 * The keys that matter, while there is nothing to report.
 * @param {Document} document
 */
export function drawHints(document) {
  const hint = (/** @type {string[]} */ keys, /** @type {string} */ text) => element(document, 'span', { class: 'hint' },
    ...keys.map((key) => element(document, 'kbd', {}, key)), ' ', text);
  return [
    element(document, 'p', { class: 'hints' },
      hint(['↑', '↓'], t('hint_move')), hint([t('key_enter')], t('hint_copy'))),
    element(document, 'button', { class: 'hint-keys', type: 'button', id: 'keys', 'data-action': 'keys', 'data-focus': 'keys', title: t('menu_keys') },
      element(document, 'kbd', {}, '?'), ' ', t('hint_keys')),
  ];
}

/* ---- nothing to show ---- */

/**
 * Before the first sign-in, and after the browser forgot it.
 * @param {Document} document
 * @param {string[]} hosts sign-in hosts
 * @param {boolean} granted
 * @param {boolean} inPrivate
 */
export function drawEmpty(document, hosts, granted, inPrivate) {
  return element(document, 'div', { class: 'empty', id: 'empty' },
    mark(document, 'empty-mark'),
    element(document, 'h2', { class: 'empty-title' }, t('empty_title')),
    element(document, 'p', { class: 'empty-text' }, t(inPrivate ? 'empty_text_private' : 'empty_text')),
    granted ? null : drawGrant(document),
    element(document, 'button', { class: 'button empty-setup', type: 'button', 'data-action': 'setup', 'data-focus': 'setup' }, t('setup_open')),
    element(document, 'section', { class: 'hosts', 'aria-labelledby': 'hosts-title' },
      element(document, 'h3', { class: 'small-title', id: 'hosts-title' }, t('hosts_title')),
      element(document, 'ul', { role: 'list', id: 'hosts' }, ...hosts.map((host) => element(document, 'li', {}, host)))),
    drawPaste(document, false));
}

/**
 * The browser withheld the hosts.
 * @param {Document} document
 */
export function drawGrant(document) {
  return element(document, 'div', { class: 'grant', id: 'grant' },
    icon(document, 'lock', 'severity-warning'),
    element(document, 'div', { class: 'grant-body' },
      element(document, 'p', { class: 'grant-text' }, element(document, 'strong', {}, t('grant_title')), ' ', t('grant_text')),
      element(document, 'button', { class: 'button button-primary', type: 'button', 'data-action': 'grant', 'data-focus': 'grant', id: 'grant-access' }, t('grant'))));
}

/**
 * The box that takes a pasted response.
 * @param {Document} document
 * @param {boolean} titled whether a title stands above it already
 */
export function drawPaste(document, titled) {
  return element(document, 'form', { class: 'paste', id: 'paste-form' },
    element(document, 'label', { class: titled ? 'unseen' : 'small-title', for: 'paste' }, t('paste_title')),
    element(document, 'textarea', {
      id: 'paste', class: 'field', rows: 3, placeholder: t('paste_placeholder'), spellcheck: 'false', autocomplete: 'off', 'aria-describedby': 'paste-help', 'data-focus': 'paste',
    }),
    element(document, 'div', { id: 'paste-failure', role: 'alert' }),
    element(document, 'div', { class: 'paste-actions' },
      element(document, 'p', { class: 'paste-help', id: 'paste-help' }, t('paste_help')),
      element(document, 'button', {
        class: 'button button-quiet', type: 'button', id: 'inspect-pasted', 'data-action': 'inspect-pasted', 'data-focus': 'inspect-pasted', title: t('inspect_title'),
      }, t('inspect')),
      element(document, 'button', { class: 'button', type: 'submit', id: 'import', 'data-focus': 'import' }, t('paste_read'))));
}

/* ---- dialogs ---- */

/**
 * A dialog's frame: title, close button, content.
 * @param {Document} document
 * @param {string} id
 * @param {string} title
 * @param {...Node} content
 */
export function drawDialog(document, id, title, ...content) {
  return element(document, 'dialog', { class: 'dialog', id, 'aria-labelledby': `${id}-title` },
    element(document, 'div', { class: 'dialog-head' },
      element(document, 'h2', { id: `${id}-title`, class: 'dialog-title' }, title),
      element(document, 'button', { class: 'icon-button', type: 'button', 'data-action': 'close-dialog', 'aria-label': t('close') }, icon(document, 'close'))),
    ...content);
}

/**
 * The table of keys.
 * @param {Document} document
 * @param {boolean} mac
 */
export function drawKeys(document, mac) {
  const rows = /** @type {[string[], string][]} */ ([
    [[t('key_letters')], t('keys_filter')],
    [['↑', '↓'], t('keys_move')],
    [[t('key_home'), t('key_end')], t('keys_ends')],
    [[t('key_enter')], t('keys_copy')],
    [[mac ? '⌘' : t('key_ctrl'), 'C'], t('keys_copy')],
    [[t('key_shift'), t('key_enter')], t('keys_menu')],
    [[t('key_escape')], t('keys_escape')],
    [['?'], t('keys_help')],
  ]);
  return element(document, 'dl', { class: 'keys' }, ...rows.map(([keys, text]) => element(document, 'div', {},
    element(document, 'dt', {}, ...keys.map((key) => element(document, 'kbd', {}, key))),
    element(document, 'dd', {}, text))));
}

/**
 * The sign-in hosts among the manifest's match patterns: those of a partition, without the regional ones.
 * @param {string[]} patterns
 */
export function signInHosts(patterns) {
  const hosts = patterns.map((pattern) => pattern.replace(/^[^:]+:\/\//, '').replace(/\/.*$/, '').replace(/^\*\./, ''));
  return [...new Set(hosts.filter((host) => host.startsWith('signin.')))];
}
