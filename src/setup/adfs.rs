//! A plan to the issuance transform rules of AD FS, in its claim rule language (Windows Server documentation, "The Role of the Claim
//! Rule Language"; the shape of the rules is that of the AWS Security Blog, "AWS Federated Authentication with AD FS").

use super::plan::{MFA_TAG, Plan};
use crate::aws::PREFIX;

/// The group of Active Directory whose members get the role.
pub(super) fn group(plan: &Plan) -> String {
    ["AWS-", plan.role.account().as_str(), "-", plan.role.name()].concat()
}

/// All rules, ready for `Set-AdfsRelyingPartyTrust -IssuanceTransformRules`, or one by one for the editor.
pub(super) fn rules(plan: &Plan) -> String {
    let mut out = String::new();
    rule(&mut out, "NameID", ACCOUNT);
    out.push_str("issue(Type = \"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier\", Issuer = c.Issuer, OriginalIssuer = c.OriginalIssuer, Value = c.Value, ValueType = c.ValueType, Properties[\"http://schemas.xmlsoap.org/ws/2005/05/identity/claimproperties/format\"] = \"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\");\n");
    lookup(&mut out, "RoleSessionName", "mail");
    rule(&mut out, "Groups", ACCOUNT);
    out.push_str("add(store = \"Active Directory\", types = (\"http://temp/groups\"), query = \";tokenGroups;{0}\", param = c.Value);\n");
    let group = group(plan);
    let condition =
        ["c:[Type == \"http://temp/groups\", Value =~ \"(?i)^", &pattern(&group), "$\"]"].concat();
    rule(&mut out, "Role", &condition);
    issue(&mut out, "Role", &plan.role_value());
    if let Some(seconds) = plan.duration {
        rule(&mut out, "SessionDuration", "");
        issue(&mut out, "SessionDuration", &seconds.to_string());
    }
    for tag in plan.tags.iter().filter(|tag| is_attribute(&tag.source)) {
        lookup(&mut out, &["PrincipalTag:", &tag.key].concat(), &tag.source);
    }
    if plan.mfa {
        let (key, value) = MFA_TAG;
        let name = ["PrincipalTag:", key].concat();
        // A claim of AD FS itself: the second factor was asked for in this very sign-in.
        rule(
            &mut out,
            &name,
            "c:[Type == \"http://schemas.microsoft.com/claims/authnmethodsreferences\", Value == \"http://schemas.microsoft.com/claims/multipleauthn\"]",
        );
        issue(&mut out, &name, value);
    }
    if plan.source_identity {
        lookup(&mut out, "SourceIdentity", "mail");
    }
    out
}

/// A rule's name and condition.
fn rule(out: &mut String, name: &str, condition: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str("@RuleName = \"");
    out.push_str(name);
    out.push_str("\"\n");
    out.push_str(condition);
    out.push_str(if condition.is_empty() { "=> " } else { "\n => " });
}

/// Sends this value.
fn issue(out: &mut String, name: &str, value: &str) {
    for part in ["issue(Type = \"", PREFIX, name, "\", Value = \"", value, "\");\n"] {
        out.push_str(part);
    }
}

/// Sends an attribute of Active Directory.
fn lookup(out: &mut String, name: &str, attribute: &str) {
    rule(out, name, ACCOUNT);
    for part in [
        "issue(store = \"Active Directory\", types = (\"",
        PREFIX,
        name,
        "\"), query = \";",
        attribute,
        ";{0}\", param = c.Value);\n",
    ] {
        out.push_str(part);
    }
}

/// The name of a group as a regular expression that matches it alone.
fn pattern(name: &str) -> String {
    let mut pattern = String::new();
    for c in name.chars() {
        if ".+".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// Whether a text can be the LDAP name of an attribute (RFC 4512, 1.4).
fn is_attribute(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// The account that signed in.
const ACCOUNT: &str = "c:[Type == \"http://schemas.microsoft.com/ws/2008/06/identity/claims/windowsaccountname\", Issuer == \"AD AUTHORITY\"]";
