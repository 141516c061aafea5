// Building elements: names, attributes and text, never markup.
// @ts-check

/** @typedef {Record<string, string | number | boolean | null | undefined>} Attributes */
/** @typedef {Node | string | null | undefined | false} Child */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element. An attribute that is null, undefined or false is left out; true is written empty. Strings become text nodes.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Document} document
 * @param {Name} name
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(document, name, attributes = {}, ...children) {
  const made = document.createElement(name);
  setAttributes(made, attributes);
  made.append(...children.filter(isPresent));
  return made;
}

/**
 * Text from an identity provider: isolated, in its own direction, never markup.
 * @param {Document} document
 * @param {string} text
 * @param {Attributes} [attributes]
 */
export function foreign(document, text, attributes = {}) {
  return element(document, 'bdi', attributes, text);
}

/**
 * @param {Document} document
 * @param {string} name
 * @param {Attributes} attributes
 * @param {...Node} children
 */
export function svg(document, name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

/**
 * The element of the page with this id; the page's own HTML promises it.
 * @param {Document} document
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(document, id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element #${id}`);
  return found;
}

/**
 * @param {Element} made
 * @param {Attributes} attributes
 */
function setAttributes(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
}

/**
 * @param {Child} child
 * @returns {child is Node | string}
 */
function isPresent(child) {
  return child !== null && child !== undefined && child !== false;
}
