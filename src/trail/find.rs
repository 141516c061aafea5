//! What finds the events: `aws cloudtrail lookup-events`, queries for CloudTrail Lake and Athena, links into the console.

use super::json::push_string;
use super::{Known, Text};
use crate::export::quote;
use crate::octets::push_escaped;
use crate::time::UnixTime;

pub(super) fn texts(known: &Known<'_>) -> Vec<Text> {
    let mut texts = Vec::new();
    let mut add = |id, kind, text: Option<String>| texts.extend(text.map(|text| Text { id, kind, text }));
    let searches: [(&str, Option<&str>, &str); 4] = [
        ("AccessKeyId", known.access_key_id, known.region),
        // What a role session did stands under its session name, its sign-in under the NameID.
        ("Username", known.session_name, known.region),
        ("Username", known.name_id, known.sign_in_region),
        ("EventName", Some("AssumeRoleWithSAML"), known.sign_in_region),
    ];
    let commands = ["by_key", "by_session_name", "by_name_id", "by_sign_in"];
    let links = ["link_by_key", "link_by_session_name", "link_by_name_id", "link_by_sign_in"];
    for (id, (key, value, region)) in commands.into_iter().zip(searches) {
        add(id, "command", value.and_then(|value| command(known, key, value, region)));
    }
    add("lake", "query", lake(known));
    add("athena", "query", athena(known));
    for (id, (key, value, region)) in links.into_iter().zip(searches) {
        add(id, "link", value.map(|value| link(known, key, value, region)));
    }
    texts
}

/// A command for POSIX shells; none for a value that they cannot hold.
fn command(known: &Known<'_>, key: &str, value: &str, region: &str) -> Option<String> {
    let mut attributes = String::new();
    let plain = |c: char| c.is_ascii_alphanumeric() || "@._+-".contains(c);
    if value.chars().all(plain) {
        attributes.push_str(&["AttributeKey=", key, ",AttributeValue=", value].concat());
    } else {
        // The CLI's short form parts a value at its commas.
        attributes.push_str("[{\"AttributeKey\": ");
        push_string(&mut attributes, key);
        attributes.push_str(", \"AttributeValue\": ");
        push_string(&mut attributes, value);
        attributes.push_str("}]");
    }
    let mut out = "aws cloudtrail lookup-events \\\n  --lookup-attributes ".to_owned();
    quote::posix(&mut out, &attributes).ok()?;
    out.push_str(" \\\n  --region ");
    out.push_str(region);
    if let Some(since) = known.since {
        out.push_str(" \\\n  --start-time ");
        out.push_str(&since.rfc3339());
    }
    Some(out)
}

/// SQL for an event data store, whose id takes the place of `EVENT_DATA_STORE_ID`.
fn lake(known: &Known<'_>) -> Option<String> {
    let mut out = "SELECT eventTime, eventSource, eventName, awsRegion, sourceIPAddress, errorCode\n\
                   FROM EVENT_DATA_STORE_ID\nWHERE "
        .to_owned();
    push_whose(&mut out, known, "userIdentity.accessKeyId", "userIdentity.arn")?;
    if let Some(since) = known.since {
        // Lake writes a time with a blank, and in UTC.
        let time: String =
            since.rfc3339().chars().filter(|c| *c != 'Z').map(|c| if c == 'T' { ' ' } else { c }).collect();
        out.push_str("\n  AND eventTime >= ");
        push_sql(&mut out, &time);
    }
    out.push_str("\nORDER BY eventTime DESC");
    Some(out)
}

/// SQL for a table over the files of a trail, which AWS's guide names `cloudtrail_logs`.
fn athena(known: &Known<'_>) -> Option<String> {
    let mut out = "SELECT eventtime, eventsource, eventname, awsregion, sourceipaddress, errorcode\n\
                   FROM cloudtrail_logs\nWHERE "
        .to_owned();
    push_whose(&mut out, known, "useridentity.accesskeyid", "useridentity.arn")?;
    if let Some(since) = known.since.map(UnixTime::rfc3339) {
        out.push_str("\n  AND eventtime >= ");
        push_sql(&mut out, &since);
    }
    out.push_str("\nORDER BY eventtime DESC");
    Some(out)
}

/// One key's calls where there is a key, else those of every key of the session's name.
fn push_whose(out: &mut String, known: &Known<'_>, key_column: &str, arn_column: &str) -> Option<()> {
    let (column, value) = match known.access_key_id {
        Some(key) => (key_column, key),
        None => (arn_column, known.session_arn.as_deref()?),
    };
    out.push_str(column);
    out.push_str(" = ");
    push_sql(out, value);
    Some(())
}

/// A string of SQL: a quote in it is written twice.
fn push_sql(out: &mut String, value: &str) {
    out.push('\'');
    for character in value.chars() {
        if character == '\'' {
            out.push('\'');
        }
        out.push(character);
    }
    out.push('\'');
}

/// The event history of the console with its filter set.
fn link(known: &Known<'_>, key: &str, value: &str, region: &str) -> String {
    let host = known.grant.role.partition().console_host();
    let mut out =
        ["https://", region, ".", host, "/cloudtrailv2/home?region=", region, "#/events?", key, "="].concat();
    push_escaped(&mut out, value);
    if let Some(since) = known.since {
        out.push_str("&StartTime=");
        push_escaped(&mut out, &since.rfc3339());
    }
    out
}
