//! IAM's `GetRole` and `ListAccountAliases` (query protocol, API 2010-05-08): the requests, and the XML of their answers.

use super::answer::text_of;
use super::sign::{Scope, sign};
use super::{ApiError, Call};
use crate::octets::{push_escaped, unescaped};
use crate::saml::{Document, Element, Node};
use crate::secret::Secret;
use crate::sts::{Credentials, HttpRequest, HttpResponse};
use crate::time::UnixTime;

/// A role as IAM has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// `RoleName`, without the path.
    pub name: String,
    /// `Arn`.
    pub arn: String,
    /// `MaxSessionDuration` in seconds, 3600-43200; IAM leaves it out where it was never set, and an hour holds.
    pub max_session_seconds: u32,
    /// `Description`; empty where there is none.
    pub description: String,
    /// `CreateDate`.
    pub created: Option<UnixTime>,
    /// `RoleLastUsed/LastUsedDate`, of the last 400 days; IAM fills it in some hours late.
    pub last_used: Option<UnixTime>,
    /// `AssumeRolePolicyDocument`: the trust policy, JSON.
    pub trust_policy: String,
}

/// Asks for the role that the credentials are of.
pub fn get_role(credentials: &Credentials, now: UnixTime) -> Result<HttpRequest, ApiError> {
    let mut body = "Action=GetRole&Version=2010-05-08&RoleName=".to_owned();
    push_escaped(&mut body, credentials.role.name());
    query(body, credentials, now)
}

/// Asks for the alias of the credentials' account.
pub fn list_account_aliases(credentials: &Credentials, now: UnixTime) -> Result<HttpRequest, ApiError> {
    query("Action=ListAccountAliases&Version=2010-05-08".to_owned(), credentials, now)
}

/// The role in an answer to [`get_role`] that came at `now`.
pub fn read_role(answer: &HttpResponse, now: UnixTime) -> Result<Role, ApiError> {
    let text = text_of(answer, Call::GetRole, now)?;
    role_in(text).ok_or(ApiError::UnreadableAnswer { status: answer.status })
}

/// The alias in an answer to [`list_account_aliases`]; an account has one or none.
pub fn read_alias(answer: &HttpResponse, now: UnixTime) -> Result<Option<String>, ApiError> {
    let text = text_of(answer, Call::ListAccountAliases, now)?;
    alias_in(text).ok_or(ApiError::UnreadableAnswer { status: answer.status })
}

fn query(body: String, credentials: &Credentials, now: UnixTime) -> Result<HttpRequest, ApiError> {
    let (host, region) = credentials.role.partition().iam_endpoint();
    let request = HttpRequest {
        method: "POST",
        url: format!("https://{host}/"),
        headers: vec![
            ("accept", "text/xml".to_owned()),
            ("content-type", "application/x-www-form-urlencoded; charset=utf-8".to_owned()),
        ],
        security_token: None,
        body: Secret::new(body),
    };
    sign(request, Scope { service: "iam", region }, credentials, now)
}

fn role_in(text: &str) -> Option<Role> {
    let document = Document::parse(text).ok().filter(Document::is_complete)?;
    let role = document.elements().find(|element| is_in(*element, "GetRoleResult", "Role"))?;
    let field = |name| role.elements().find(|element| element.local_name() == name).map(text_in);
    let escaped = field("AssumeRolePolicyDocument")?;
    let last_used = document.elements().find(|element| is_in(*element, "RoleLastUsed", "LastUsedDate"));
    Some(Role {
        name: field("RoleName")?,
        arn: field("Arn")?,
        max_session_seconds: field("MaxSessionDuration").and_then(|text| text.parse().ok()).unwrap_or(3600),
        description: field("Description").unwrap_or_default(),
        created: field("CreateDate").and_then(|text| UnixTime::parse_xs(&text)),
        last_used: last_used.and_then(|element| UnixTime::parse_xs(&text_in(element))),
        trust_policy: String::from_utf8(unescaped(escaped.as_bytes(), b'+')).ok()?,
    })
}

fn alias_in(text: &str) -> Option<Option<String>> {
    let document = Document::parse(text).ok().filter(Document::is_complete)?;
    let list =
        document.elements().find(|element| is_in(*element, "ListAccountAliasesResult", "AccountAliases"))?;
    Some(list.elements().map(text_in).find(|alias| !alias.is_empty()))
}

fn is_in(element: Element<'_>, parent: &str, name: &str) -> bool {
    element.local_name() == name && element.parent().is_some_and(|above| above.local_name() == parent)
}

fn text_in(element: Element<'_>) -> String {
    let mut text = String::new();
    for node in element.children() {
        if let Node::Text(part) = node {
            text.push_str(part);
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixTime = UnixTime::from_seconds(1_790_000_000);

    fn answer(body: &str) -> HttpResponse {
        HttpResponse {
            status: 200,
            content_type: Some("text/xml".to_owned()),
            date: None,
            retry_after: None,
            body: Secret::new(body.as_bytes().to_vec()),
        }
    }

    fn role_xml(fields: &str) -> String {
        format!(
            "<GetRoleResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><GetRoleResult><Role><Path>/team/</Path>\
             <RoleName>Dev</RoleName><Arn>arn:aws:iam::111122223333:role/team/Dev</Arn><RoleId>AROAEXAMPLE</RoleId>{fields}\
             </Role></GetRoleResult><ResponseMetadata><RequestId>df37</RequestId></ResponseMetadata></GetRoleResponse>"
        )
    }

    #[test]
    fn a_role_is_read_with_its_trust_policy_unescaped() {
        let role = read_role(
            &answer(&role_xml(
                "<CreateDate>2023-05-08T22:34:00Z</CreateDate>\
                 <AssumeRolePolicyDocument>%7B%22Version%22%3A%222012-10-17%22%2C%22Id%22%3A%22a%2Bb%20+%22%7D</AssumeRolePolicyDocument>\
                 <Description>For &amp; by us</Description><MaxSessionDuration>43200</MaxSessionDuration>\
                 <RoleLastUsed><LastUsedDate>2026-09-20T01:02:03Z</LastUsedDate><Region>eu-west-1</Region></RoleLastUsed>\
                 <Tags><member><Key>Arn</Key><Value>x</Value></member></Tags>",
            )),
            NOW,
        )
        .unwrap();
        assert_eq!(role.name, "Dev");
        assert_eq!(role.arn, "arn:aws:iam::111122223333:role/team/Dev");
        assert_eq!(role.max_session_seconds, 43_200);
        assert_eq!(role.description, "For & by us");
        assert_eq!(role.created.unwrap().rfc3339(), "2023-05-08T22:34:00Z");
        assert_eq!(role.last_used.unwrap().rfc3339(), "2026-09-20T01:02:03Z");
        assert_eq!(role.trust_policy, r#"{"Version":"2012-10-17","Id":"a+b +"}"#);
    }

    #[test]
    fn a_role_that_was_never_used_and_never_given_a_duration_has_an_hour() {
        let role = read_role(
            &answer(&role_xml("<AssumeRolePolicyDocument>%7B%7D</AssumeRolePolicyDocument><RoleLastUsed/>")),
            NOW,
        )
        .unwrap();
        assert_eq!((role.max_session_seconds, role.last_used, role.created), (3600, None, None));
    }

    #[test]
    fn an_answer_without_a_role_is_unreadable() {
        let alias = "<ListAccountAliasesResponse><ListAccountAliasesResult/></ListAccountAliasesResponse>";
        for body in ["", "{}", "<GetRoleResponse>", alias, &role_xml("")] {
            assert_eq!(read_role(&answer(body), NOW).unwrap_err().code(), "api.unreadable_answer", "{body}");
        }
    }

    #[test]
    fn an_account_has_one_alias_or_none() {
        let list = |members: &str| {
            format!(
                "<ListAccountAliasesResponse><ListAccountAliasesResult><IsTruncated>false</IsTruncated><AccountAliases>{members}\
                 </AccountAliases></ListAccountAliasesResult></ListAccountAliasesResponse>"
            )
        };
        assert_eq!(
            read_alias(&answer(&list("<member>acme</member>")), NOW).unwrap().as_deref(),
            Some("acme")
        );
        assert_eq!(read_alias(&answer(&list("")), NOW), Ok(None));
        assert_eq!(read_alias(&answer("<a/>"), NOW).unwrap_err().code(), "api.unreadable_answer");
    }
}
