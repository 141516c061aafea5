//! Signature Version 4, looked at as AWS looks at it: who signed a request, and whether it is that request. Written from the
//! description in the IAM User Guide ("Create a signed AWS API request"); it shares nothing with what signs.

use std::fmt::Write;

use ring::{digest, hmac};
use time::{Duration, OffsetDateTime};

use super::Issued;
use crate::clock;
use crate::sandbox::World;
use crate::web::Ask;

/// Why a request is not let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Denied {
    /// No signature, or one without its parts.
    Missing,
    /// The key or its token is not one that was given out.
    Unknown,
    /// The credentials have ended.
    Expired,
    /// The signature is of another time; AWS's words.
    Time(String),
    /// The signature is of another request, region or service.
    Mismatch,
}

/// Whose credentials signed `ask` for `service` in `region`, at `now`.
pub(crate) fn verify(
    ask: &Ask,
    service: &str,
    region: &str,
    now: OffsetDateTime,
    world: &World,
) -> Result<Issued, Denied> {
    let authorization = ask.header("authorization").ok_or(Denied::Missing)?;
    let parts = authorization.strip_prefix("AWS4-HMAC-SHA256 ").ok_or(Denied::Missing)?;
    let part = |name: &str| parts.split(", ").find_map(|part| part.strip_prefix(name)).ok_or(Denied::Missing);
    let (credential, signed, signature) =
        (part("Credential=")?, part("SignedHeaders=")?, part("Signature=")?);
    let (key, scope) = credential.split_once('/').ok_or(Denied::Missing)?;
    let time = ask.header("x-amz-date").ok_or(Denied::Missing)?;

    let token = ask.header("x-amz-security-token");
    let known = world.issued().into_iter().find(|issued| issued.access_key_id == key);
    let issued = known.filter(|issued| token == Some(&issued.session_token)).ok_or(Denied::Unknown)?;
    if OffsetDateTime::from(issued.expiration) <= now {
        return Err(Denied::Expired);
    }
    check_time(time, now)?;
    let day = time.get(..8).unwrap_or_default();
    if scope != format!("{day}/{region}/{service}/aws4_request") {
        return Err(Denied::Mismatch);
    }
    let names: Vec<&str> = signed.split(';').collect();
    if !names.is_sorted()
        || !["host", "x-amz-date", "x-amz-security-token"].iter().all(|must| names.contains(must))
    {
        return Err(Denied::Mismatch);
    }
    let to_sign = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", sha256(canonical(ask, &names).as_bytes()));
    let expected = hex(mac(&signing_key(&issued.secret_access_key, day, region, service), &to_sign).as_ref());
    if expected == signature { Ok(issued) } else { Err(Denied::Mismatch) }
}

fn check_time(time: &str, now: OffsetDateTime) -> Result<(), Denied> {
    let digits = |range| time.get(range).unwrap_or_default();
    let iso = format!(
        "{}-{}-{}T{}:{}:{}Z",
        digits(0..4),
        digits(4..6),
        digits(6..8),
        digits(9..11),
        digits(11..13),
        digits(13..15)
    );
    let signed = clock::parse(&iso).ok_or(Denied::Missing)?;
    let short = |at: OffsetDateTime| clock::iso(at).replace(['-', ':'], "");
    let said = |which: &str, edge: OffsetDateTime, sign: char| {
        Denied::Time(format!("Signature {which} {} ({} {sign} 5 min.)", short(edge), short(now)))
    };
    let allowed = Duration::minutes(5);
    if signed < now - allowed {
        return Err(said(&format!("expired: {time} is now earlier than"), now - allowed, '-'));
    }
    if signed > now + allowed {
        return Err(said(&format!("not yet current: {time} is still later than"), now + allowed, '+'));
    }
    Ok(())
}

fn canonical(ask: &Ask, names: &[&str]) -> String {
    let mut query: Vec<&str> = ask.query.split('&').filter(|field| !field.is_empty()).collect();
    query.sort_unstable();
    let mut text = format!("{}\n{}\n{}\n", ask.method, ask.path, query.join("&"));
    for name in names {
        let value = if *name == "host" { Some(ask.host.as_str()) } else { ask.header(name) };
        let words: Vec<&str> = value.unwrap_or_default().split_ascii_whitespace().collect();
        let _ = writeln!(text, "{name}:{}", words.join(" "));
    }
    format!("{text}\n{}\n{}", names.join(";"), sha256(&ask.body))
}

fn signing_key(secret: &str, day: &str, region: &str, service: &str) -> hmac::Key {
    let first = hmac::Key::new(hmac::HMAC_SHA256, format!("AWS4{secret}").as_bytes());
    [day, region, service, "aws4_request"]
        .iter()
        .fold(first, |key, part| hmac::Key::new(hmac::HMAC_SHA256, mac(&key, part).as_ref()))
}

fn mac(key: &hmac::Key, text: &str) -> hmac::Tag {
    hmac::sign(key, text.as_bytes())
}

fn sha256(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_and_signature_are_those_of_the_documentation() {
        // AWS General Reference, "Examples of how to derive a signing key": 2015-08-30, us-east-1, iam.
        let key = signing_key("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "20150830", "us-east-1", "iam");
        let to_sign = "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n\
                       f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59";
        assert_eq!(
            hex(mac(&key, to_sign).as_ref()),
            "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
        );
    }
}
