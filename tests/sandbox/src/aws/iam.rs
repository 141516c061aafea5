//! IAM of every partition: `GetRole` and `ListAccountAliases`, signed. Roles whose name begins with `Admin` or `Auditor` may read
//! themselves, and those named `Admin` the alias of their account; no other role may do anything here.

use hyper::Method;
use time::Duration;

use super::cloudtrail::{Call, record};
use super::signed::{Denied, verify};
use super::{Issued, wire};
use crate::clock;
use crate::hosts::Partition;
use crate::page::escape;
use crate::sandbox::World;
use crate::web::{Ask, Reply};

/// Answers a call.
pub(crate) fn answer(ask: &Ask, partition: &Partition, world: &World) -> Reply {
    let now = clock::now(world.faults.skew());
    let reply = match verify(ask, "iam", partition.default_region, now, world) {
        _ if ask.method != Method::POST || ask.path != "/" => {
            wire::error(404, "UnknownOperation", "Post to /")
        }
        Ok(issued) => act(ask, &issued, partition, world),
        Err(denied) => refuse(&denied),
    };
    reply.with_header("date", &clock::http_date(now))
}

fn refuse(denied: &Denied) -> Reply {
    match denied {
        Denied::Missing => {
            wire::error(403, "MissingAuthenticationToken", "Request is missing Authentication Token")
        }
        Denied::Unknown => {
            wire::error(403, "InvalidClientTokenId", "The security token included in the request is invalid.")
        }
        Denied::Expired => {
            wire::error(403, "ExpiredToken", "The security token included in the request is expired")
        }
        Denied::Time(message) => wire::error(403, "SignatureDoesNotMatch", message),
        Denied::Mismatch => wire::error(403, "SignatureDoesNotMatch", MISMATCH),
    }
}

fn act(ask: &Ask, issued: &Issued, partition: &Partition, world: &World) -> Reply {
    let form = ask.form();
    let own = issued.role_arn.rsplit('/').next().unwrap_or_default();
    let action = form.field("Action").unwrap_or_default();
    let role = form.field("RoleName").unwrap_or_default();
    let allowed = match action {
        "GetRole" => may_read(own) && role == own,
        "ListAccountAliases" => own == "Admin",
        _ => {
            let version = form.field("Version").unwrap_or_default();
            let message = format!("Could not find operation {action} for version {version}");
            return wire::error(400, "InvalidAction", &message);
        }
    };
    let resource = if action == "GetRole" { Some(("AWS::IAM::Role", issued.role_arn.clone())) } else { None };
    record(
        world,
        issued,
        Call {
            source: "iam.amazonaws.com",
            name: action,
            region: partition.default_region,
            resource,
            denied: !allowed,
        },
    );
    if !allowed {
        let on = if action == "GetRole" { format!("role {role}") } else { "*".to_owned() };
        return wire::error(
            403,
            "AccessDenied",
            &format!(
                "User: {} is not authorized to perform: iam:{action} on resource: {on} because no identity-based policy allows \
                 the iam:{action} action",
                issued.assumed_role_arn
            ),
        );
    }
    if action == "GetRole" { get_role(issued, partition, own) } else { aliases(own) }
}

/// Whether a role of this name has the permissions to read.
pub(crate) fn may_read(role_name: &str) -> bool {
    role_name.starts_with("Admin") || role_name.starts_with("Auditor")
}

fn get_role(issued: &Issued, partition: &Partition, name: &str) -> Reply {
    let account = issued.role_arn.split(':').nth(4).unwrap_or_default();
    let policy = format!(
        "{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Allow\",\"Principal\":{{\"Federated\":\
         \"arn:{}:iam::{account}:saml-provider/Sandbox\"}},\"Action\":\"sts:AssumeRoleWithSAML\",\"Condition\":\
         {{\"StringEquals\":{{\"SAML:aud\":\"https://{}/saml\"}}}}}}]}}",
        partition.id, partition.sign_in
    );
    let escaped: String = form_urlencoded::byte_serialize(policy.as_bytes()).collect();
    let mut role = String::from("    <Role>\n");
    role.push_str(&wire::element("Path", "/"));
    role.push_str(&wire::element("RoleName", name));
    role.push_str(&wire::element("RoleId", "AROAROLECALLSANDBOX01"));
    role.push_str(&wire::element("Arn", &issued.role_arn));
    role.push_str(&wire::element("CreateDate", "2025-01-02T03:04:05Z"));
    role.push_str(&wire::element("AssumeRolePolicyDocument", &escaped.replace('+', "%20")));
    role.push_str(&wire::element("Description", "Of the sandbox & its tests"));
    role.push_str(&wire::element("MaxSessionDuration", "3600"));
    role.push_str("    <RoleLastUsed>\n");
    let used = clock::iso(clock::now(0) - Duration::days(1));
    role.push_str(&wire::element("LastUsedDate", &used));
    role.push_str(&wire::element("Region", partition.default_region));
    role.push_str("    </RoleLastUsed>\n    </Role>\n");
    wire::result("GetRole", &role)
}

fn aliases(own: &str) -> Reply {
    let alias = format!("sandbox-{}", own.to_ascii_lowercase());
    wire::result(
        "ListAccountAliases",
        &format!(
            "    <IsTruncated>false</IsTruncated>\n    <AccountAliases>\n      <member>{}</member>\n    </AccountAliases>\n",
            escape(&alias)
        ),
    )
}

const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
    Access Key and signing method. Consult the service documentation for details.";
