//! A `multipart/form-data` body to its fields (RFC 7578). Part headers other than the field's name are ignored.

use std::borrow::Cow;

use super::CaptureError;
use super::form::{Field, check_fields};
use crate::octets::{find, split_at_part};

/// The delimiter line's text, `--` included, if the body begins as a multipart body does.
pub(super) fn boundary(body: &[u8]) -> Option<&[u8]> {
    let end = find(body, b"\r\n")?;
    let (line, rest) = body.split_at(end);
    let line_is_boundary = line.starts_with(b"--") && line.len() > 2 && line.len() <= MAX_DELIMITER;
    let header = rest.get(2..)?;
    let begins =
        header.get(..DISPOSITION.len())?.eq_ignore_ascii_case(DISPOSITION) || header.starts_with(b"Content-");
    (line_is_boundary && begins).then_some(line)
}

/// The fields between the delimiters. A last part without its closing delimiter is dropped: it was cut.
pub(super) fn fields<'a>(body: &'a [u8], boundary: &[u8]) -> Result<Vec<Field<'a>>, CaptureError> {
    let mut delimiter = b"\r\n".to_vec();
    delimiter.extend_from_slice(boundary);
    let mut fields = Vec::new();
    let mut rest = body.get(boundary.len()..).unwrap_or_default();
    while let Some(end) = find(rest, &delimiter) {
        let (part, after) = rest.split_at(end);
        if let Some(field) = field(part) {
            fields.push(field);
            check_fields(fields.len())?;
        }
        rest = after.get(delimiter.len()..).unwrap_or_default();
    }
    Ok(fields)
}

/// One part: CRLF, headers, an empty line, the value.
fn field(part: &[u8]) -> Option<Field<'_>> {
    let end = find(part, b"\r\n\r\n")?;
    let (headers, value) = part.split_at(end);
    let headers = String::from_utf8_lossy(headers);
    let disposition = headers.lines().find(|line| {
        line.as_bytes().get(..DISPOSITION.len()).is_some_and(|start| start.eq_ignore_ascii_case(DISPOSITION))
    })?;
    let name = split_at_part(disposition, " name=\"")?.1.split('"').next()?;
    let value = value.get(4..).unwrap_or_default();
    Some((Cow::Owned(String::from(name)), String::from_utf8_lossy(value)))
}

const DISPOSITION: &[u8] = b"content-disposition:";

/// Bytes of a delimiter line: a boundary has at most 70 (RFC 2046, 5.1.1), and two hyphens before it.
const MAX_DELIMITER: usize = 72;

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &[u8]) -> Vec<(String, String)> {
        let fields = fields(body, boundary(body).unwrap()).unwrap();
        fields.into_iter().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
    }

    #[test]
    fn fields_of_a_multipart_form_are_read_as_sent() {
        let body = b"------WebKitFormBoundaryx\r\nContent-Disposition: form-data; name=\"SAMLResponse\"\r\n\r\nPHg+%2B\r\nPHg=\r\n\
            ------WebKitFormBoundaryx\r\ncontent-disposition: form-data; name=\"RelayState\"\r\nX: y\r\n\r\n\r\n\
            ------WebKitFormBoundaryx--\r\n";
        let expected = [("SAMLResponse", "PHg+%2B\r\nPHg="), ("RelayState", "")];
        assert_eq!(read(body), expected.map(|(name, value)| (String::from(name), String::from(value))));
    }

    #[test]
    fn a_part_that_was_cut_is_dropped() {
        assert_eq!(read(b"--b\r\nContent-Disposition: form-data; name=\"SAMLResponse\"\r\n\r\nPHg"), []);
    }

    #[test]
    fn an_urlencoded_body_has_no_boundary() {
        assert_eq!(boundary(b"SAMLResponse=PHg%2B"), None);
        assert_eq!(boundary(b"--\r\n\r\n"), None);
        assert_eq!(boundary(b"--x=y\r\nSAMLResponse=a\r\n"), None);
        assert_eq!(boundary(b""), None);
    }
}
