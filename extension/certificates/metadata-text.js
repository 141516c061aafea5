// Metadata out of what people paste: XML, or the answer of `aws iam get-saml-provider`.
// @ts-check

/**
 * The XML, and whether AWS gave it.
 * @param {string} text
 * @returns {{ xml: string, isOfIam: boolean }}
 */
export function metadataOf(text) {
  const whole = text.replace(/^\ufeff/, '').trim();
  if (!whole.startsWith('{')) return { xml: whole, isOfIam: false };
  try {
    const { SAMLMetadataDocument: document } = JSON.parse(whole);
    if (typeof document === 'string') return { xml: document.trim(), isOfIam: true };
  } catch {
    // No JSON: the core says what it is.
  }
  return { xml: whole, isOfIam: false };
}
