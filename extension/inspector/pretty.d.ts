// XML laid out for display. The core's `saml/pretty.rs` is its other end.

/**
 * What a token is:
 * 0 markup (`<`, `="`, `/>` ...), 1 element name, 2 attribute name, 3 attribute value without its quotes, 4 text,
 * 5 comment with its delimiters, 6 processing instruction with its delimiters, 7 whole namespace declaration.
 */
export type TokenKind = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * One line: how many steps it is indented; on the first line of an element that takes several, the index of its last
 * line, else null (folding hides what is between; the last line has the end tag unless the document was cut); the
 * element whose tag or content it is, as its place among all elements in document order, null outside of the root; and
 * its tokens as kind, text, kind, text ... The texts of a line one after the other are the line, escaped as XML is.
 *
 * An element's lines are those from its first to its last, so what a signature covers is a range of lines: find the
 * first line whose element is `covers_element`.
 */
export type PrettyLine = [depth: number, end: number | null, element: number | null, tokens: (TokenKind | string)[]];

/** A document, line by line. Copied with two spaces a step it is XML again. */
export interface PrettyXml {
  lines: PrettyLine[];
}
