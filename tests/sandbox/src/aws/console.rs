//! The console hosts: a page that says who is signed in.

use crate::hosts::Partition;
use crate::page::{escape, page};
use crate::web::{Ask, Reply};

/// Any path; the query of the redirect from sign-in says who it is.
pub(crate) fn answer(ask: &Ask, partition: &Partition) -> Reply {
    let query = ask.query();
    let show = |name| escape(query.field(name).unwrap_or("—"));
    Reply::html(
        200,
        page(
            "AWS Console (sandbox)",
            &format!(
                "<p class=\"brand\">AWS Management Console · sandbox</p>\n<h1>Signed in</h1>\n\
                 <p>This page plays {}; there is no account behind it.</p>\n<dl>\
                 <dt>Role</dt><dd id=\"role\">{}</dd><dt>Account</dt><dd id=\"account\">{}</dd>\
                 <dt>Session</dt><dd id=\"session\">{}</dd><dt>Partition</dt><dd id=\"partition\">{}</dd></dl>",
                escape(&ask.host),
                show("role"),
                show("account"),
                show("session"),
                partition.id
            ),
        ),
    )
}
