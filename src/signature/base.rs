//! `xml:base` of elements that are left out, joined to one (Canonical XML 1.1, 2.4 and appendix A): RFC 3986, 5.2, but
//! the base may be relative, `..` at its start is kept, and what names a folder ends with `/`.

/// Resolves `reference` against `base`; either may be relative. A fragment is dropped.
pub(super) fn join(base: &str, reference: &str) -> String {
    let (base, reference) = (Uri::split(base), Uri::split(reference));
    let (scheme, authority, path, query);
    if reference.scheme.is_some() {
        (scheme, authority) = (reference.scheme, reference.authority);
        (path, query) = (without_dots(reference.path), reference.query);
    } else if reference.authority.is_some() {
        (scheme, authority) = (base.scheme, reference.authority);
        (path, query) = (without_dots(reference.path), reference.query);
    } else {
        (scheme, authority) = (base.scheme, base.authority);
        if reference.path.is_empty() {
            (path, query) = (without_dots(base.path), reference.query.or(base.query));
        } else if reference.path.starts_with('/') {
            (path, query) = (without_dots(reference.path), reference.query);
        } else {
            (path, query) = (without_dots(&merged(&base, reference.path)), reference.query);
        }
    }
    let mut joined = String::new();
    for (part, before, after) in
        [(scheme, "", ":"), (authority, "//", ""), (Some(path.as_str()), "", ""), (query, "?", "")]
    {
        if let Some(part) = part {
            joined.push_str(before);
            joined.push_str(part);
            joined.push_str(after);
        }
    }
    joined
}

/// A URI reference without its fragment.
struct Uri<'u> {
    scheme: Option<&'u str>,
    authority: Option<&'u str>,
    path: &'u str,
    query: Option<&'u str>,
}

impl<'u> Uri<'u> {
    fn split(uri: &'u str) -> Self {
        let uri = uri.split_once('#').map_or(uri, |(uri, _)| uri);
        let (rest, query) = uri.split_once('?').map_or((uri, None), |(rest, query)| (rest, Some(query)));
        let (scheme, rest) = match rest.split_once(':') {
            Some((scheme, rest)) if !scheme.contains('/') => (Some(scheme), rest),
            _ => (None, rest),
        };
        let Some(after) = rest.strip_prefix("//") else {
            return Self { scheme, authority: None, path: rest, query };
        };
        let (authority, path) = after.split_at(after.find('/').unwrap_or(after.len()));
        Self { scheme, authority: Some(authority), path, query }
    }
}

/// The path of the base up to its last `/`, then the reference's (RFC 3986, 5.2.3). A base that ends in `..` is a folder.
fn merged(base: &Uri<'_>, path: &str) -> String {
    let mut merged = match base.path.rsplit_once('/') {
        _ if base.path == ".." => String::from("../"),
        Some((_, "..")) => format!("{}/", base.path),
        Some((folder, _)) => format!("{folder}/"),
        None if base.authority.is_some() && base.path.is_empty() => String::from("/"),
        None => String::new(),
    };
    merged.push_str(path);
    merged
}

/// Without `.`, `..` and doubled slashes; a `..` that a relative path begins with stays.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut is_folder = false;
    for segment in path.split('/') {
        is_folder = matches!(segment, "" | "." | "..");
        match segment {
            "" | "." => {}
            ".." if kept.last().is_some_and(|last| *last != "..") => {
                kept.pop();
            }
            ".." if path.starts_with('/') => {}
            segment => kept.push(segment),
        }
    }
    let mut result = String::from(if path.starts_with('/') { "/" } else { "" });
    for segment in kept {
        result.push_str(segment);
        result.push('/');
    }
    // A file's path has no slash at its end, and an absolute one keeps its first.
    if !is_folder && result.len() > 1 {
        result.pop();
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lose_their_dots_as_the_appendix_of_canonical_xml_1_1_has_it() {
        for (path, expected) in [
            ("no/.././/pseudo-netpath/seg/file.ext", "pseudo-netpath/seg/file.ext"),
            ("no/..//.///pseudo-netpath/seg/file.ext", "pseudo-netpath/seg/file.ext"),
            ("yes/no//..//.///pseudo-netpath/seg/file.ext", "yes/pseudo-netpath/seg/file.ext"),
            ("no/../yes", "yes"),
            ("no/../yes/", "yes/"),
            ("no/../yes/no/..", "yes/"),
            ("../../no/../..", "../../../"),
            ("no/../..", "../"),
            ("no/..", ""),
            ("no/../", ""),
            ("/a/b/c/./../../g", "/a/g"),
            ("mid/content=5/../6", "mid/6"),
            ("../../..", "../../../"),
            ("../..//../..", "../../../../"),
            ("/no/../../yes", "/yes"),
            (".", ""),
            ("./", ""),
            ("./..", "../"),
            ("", ""),
            ("/", "/"),
        ] {
            assert_eq!(without_dots(path), expected, "{path}");
        }
    }

    #[test]
    fn a_reference_is_joined_to_a_base_that_may_be_relative() {
        for (base, reference, expected) in [
            ("http://www.example.com/something/else", "../bar/foo", "http://www.example.com/bar/foo"),
            ("../bar/", "foo", "../bar/foo"),
            ("../bar", "foo", "../foo"),
            ("..", "foo", "../foo"),
            ("a/..", "foo", "foo"),
            ("http://a/b/c/d;p?q", "g;x=1/./y", "http://a/b/c/g;x=1/y"),
            ("http://a/b/c/d;p?q", "", "http://a/b/c/d;p?q"),
            ("http://a/b/c/d;p?q", "?y", "http://a/b/c/d;p?y"),
            ("http://a/b/c/d;p?q", "//g", "http://g"),
            ("http://a/b/c/d;p?q", "/g", "http://a/g"),
            ("http://a/b/c/d;p?q", "urn:x:y", "urn:x:y"),
            ("http://a", "g", "http://a/g"),
            ("http://a/b", "../../../g", "http://a/g"),
            ("a", "b#c", "b"),
        ] {
            assert_eq!(join(base, reference), expected, "{base} + {reference}");
        }
    }
}
