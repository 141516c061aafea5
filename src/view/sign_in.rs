//! A captured POST to what the popup draws of it: one sign-in with its accounts, roles and notices.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::message::{Message, Notice};
use crate::aws::{self, AwsClaims, REDEEM_SECONDS, RoleGrant, Severity};
use crate::capture::{CaptureError, SamlPost};
use crate::partition::Partition;
use crate::saml::{self, Oddity, Response};
use crate::secret::Secret;
use crate::sts;
use crate::time::UnixTime;

/// One sign-in, as the popup draws it. Times are epoch seconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    /// The same for the same SAML response.
    pub id: String,
    /// When it was captured.
    pub at: i64,
    /// Who signed in.
    pub identity: Option<String>,
    /// What to call the identity provider.
    pub provider: Option<String>,
    /// The identity provider's entity id.
    pub issuer: Option<String>,
    /// The sign-in host; `None` when pasted.
    pub host: Option<String>,
    /// The partition's id.
    pub partition: Option<&'static str>,
    /// The region that the sign-in host names.
    pub region: Option<String>,
    /// AWS takes the assertion until then.
    pub usable_until: Option<i64>,
    /// When the identity provider issued the assertion.
    pub issued_at: Option<i64>,
    /// How many roles there are.
    pub role_count: usize,
    /// The accounts, by number.
    pub accounts: Vec<Account>,
    /// What is odd or wrong, worst first.
    pub notices: Vec<Notice>,
    /// Severity of the worst notice.
    pub severity: Option<&'static str>,
}

/// An account and its roles. It crosses the door as an array of its fields, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Twelve digits.
    pub id: String,
    /// What people read: the digits in groups of four.
    pub label: String,
    /// The partition's id.
    pub partition: &'static str,
    /// What the ARNs of its roles begin with: `arn:aws:iam::111122223333:role/`.
    pub role_prefix: String,
    /// The ARN of the SAML provider of those roles that do not name another.
    pub provider: String,
    /// The roles, by name.
    pub roles: Vec<Role>,
}

impl Account {
    /// The ARN of one of its roles.
    #[must_use]
    pub fn arn(&self, role: &Role) -> String {
        format!("{}{}", self.role_prefix, role.name)
    }

    /// The ARN of the SAML provider that vouches for one of its roles.
    #[must_use]
    pub fn provider<'a>(&'a self, role: &'a Role) -> &'a str {
        role.provider.as_deref().unwrap_or(&self.provider)
    }
}

impl Serialize for Account {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { id, label, partition, role_prefix, provider, roles } = self;
        (id, label, partition, role_prefix, provider, roles).serialize(serializer)
    }
}

/// A role that the assertion offers. It holds what its account does not say already, and crosses the door as its bare name
/// where that is all: ARNs in full were most of what a thousand roles weigh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Path and name as people say it, such as `team/data/Developer`.
    pub name: String,
    /// The SAML provider's ARN where it is not the account's first.
    pub provider: Option<String>,
    /// Picked on AWS's own role page.
    pub chosen: bool,
    /// Why its credentials cannot be had.
    pub refused: Option<Message>,
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.provider.is_none() && !self.chosen && self.refused.is_none() {
            return serializer.serialize_str(&self.name);
        }
        let mut fields = serializer.serialize_struct("Role", 4)?;
        fields.serialize_field("name", &self.name)?;
        fields.serialize_field("provider", &self.provider)?;
        fields.serialize_field("chosen", &self.chosen)?;
        fields.serialize_field("refused", &self.refused)?;
        fields.end()
    }
}

/// The sign-in that `post` carried. What cannot be read becomes a notice; what can is shown.
#[must_use]
pub fn sign_in(post: &SamlPost, at: UnixTime) -> SignIn {
    // The text is read and hashed here; only what the popup shows of it goes further.
    let text = post.response.expose();
    let mut shown = empty(id(text), at);
    if let Some(endpoint) = &post.endpoint {
        shown.host = Some(endpoint.host.clone());
        shown.partition = Some(endpoint.partition.id());
        shown.region.clone_from(&endpoint.region);
    }
    match saml::read(text) {
        Ok(response) => describe(&mut shown, &response, post),
        Err(error) => shown.notices.push(Notice::new(error.code(), error.args(), Severity::Error)),
    }
    finish(shown)
}

/// A POST to AWS that was a sign-in, and whose body is too large or too odd to read.
#[must_use]
pub fn unreadable_sign_in(error: &CaptureError, at: UnixTime) -> SignIn {
    let mut shown = empty(id(&format!("{at:?}")), at);
    shown.notices.push(Notice::new(error.code(), error.args(), Severity::Error));
    finish(shown)
}

fn empty(id: String, at: UnixTime) -> SignIn {
    SignIn {
        id,
        at: at.seconds(),
        identity: None,
        provider: None,
        issuer: None,
        host: None,
        partition: None,
        region: None,
        usable_until: None,
        issued_at: None,
        role_count: 0,
        accounts: Vec::new(),
        notices: Vec::new(),
        severity: None,
    }
}

fn describe(shown: &mut SignIn, response: &Response, post: &SamlPost) {
    let mut claims = aws::read(response);
    let assertion = response.assertions.first();
    let issuer = assertion.and_then(|assertion| assertion.issuer.as_deref()).or(response.issuer.as_deref());
    shown.issuer = issuer.map(str::to_owned);
    shown.provider = issuer.map(saml::provider_label);
    shown.identity = identity(response, &claims);
    let issued =
        assertion.and_then(|assertion| assertion.issue_instant.as_ref()).and_then(|instant| instant.time);
    let usable_until = aws::usable_until(response);
    shown.usable_until = usable_until.map(UnixTime::seconds);
    shown.issued_at = issued.or(usable_until.map(|end| end.plus(-REDEEM_SECONDS))).map(UnixTime::seconds);
    shown.role_count = claims.grants.len();
    shown.partition = shown.partition.or(claims.grants.first().map(|grant| grant.role.partition().id()));
    shown.notices.extend(status_notice(response));
    shown.notices.extend(host_notice(&claims, post));
    shown.notices.extend(response.oddities.iter().map(|oddity| {
        let severity = if matches!(oddity, Oddity::Truncated) { Severity::Error } else { Severity::Note };
        Notice::new(oddity.code(), oddity.args(), severity)
    }));
    shown.accounts = accounts(std::mem::take(&mut claims.grants), post.chosen_role.as_deref());
    shown.notices.extend(
        claims.oddities.iter().map(|oddity| Notice::new(oddity.code(), oddity.args(), oddity.severity())),
    );
}

/// Worst first; notices of one severity stay in the order found.
fn finish(mut shown: SignIn) -> SignIn {
    shown.notices.sort_by_key(|notice| match notice.severity {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    });
    shown.severity = shown.notices.first().map(|notice| notice.severity);
    shown
}

/// Who signed in: the `NameID`, unless it is a transient one, which says nothing to a person.
fn identity(response: &Response, claims: &AwsClaims) -> Option<String> {
    let name_id = response.assertions.iter().find_map(|assertion| assertion.name_id.as_ref());
    let lasting = name_id.filter(|name_id| {
        !name_id.format.as_deref().is_some_and(|format| format.ends_with(":transient"))
            && !name_id.value.is_empty()
    });
    lasting
        .map(|name_id| name_id.value.clone())
        .or_else(|| claims.session_name.clone())
        .or_else(|| name_id.map(|name_id| name_id.value.clone()))
}

/// The grants by account: accounts by partition and number, roles by name without regard to case.
fn accounts(grants: Vec<RoleGrant>, chosen: Option<&str>) -> Vec<Account> {
    let mut by_number: FxHashMap<(Partition, u64), Account> = FxHashMap::default();
    for grant in grants {
        let (partition, account) = (grant.role.partition(), grant.role.account());
        let group = by_number.entry((partition, account.number())).or_insert_with(|| Account {
            id: account.as_str().to_owned(),
            label: account.grouped(),
            partition: partition.id(),
            role_prefix: grant.role.prefix().to_owned(),
            provider: grant.provider.as_str().to_owned(),
            roles: Vec::new(),
        });
        let provider = (group.provider != grant.provider.as_str()).then(|| grant.provider.to_string());
        group.roles.push(Role {
            chosen: chosen == Some(grant.role.as_str()),
            refused: sts::check(&grant).err().map(|error| Message::of(error.code(), error.args())),
            provider,
            name: grant.role.into_friendly_name(),
        });
    }
    let mut accounts: Vec<_> = by_number.into_iter().collect();
    accounts.sort_unstable_by_key(|(number, _)| *number);
    let mut accounts: Vec<Account> = accounts.into_iter().map(|(_, account)| account).collect();
    for account in &mut accounts {
        account.roles.sort_by(|one, other| without_case(&one.name, &other.name));
    }
    accounts
}

/// The order of two names without regard to case. Names and paths of roles are ASCII. What is the same in both, which is
/// much in most accounts, is passed over first.
fn without_case(one: &str, other: &str) -> Ordering {
    let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let lower_case = |byte: u8| byte.to_ascii_lowercase();
    one.bytes().skip(same).map(lower_case).cmp(other.bytes().skip(same).map(lower_case))
}

/// The identity provider's own refusal.
fn status_notice(response: &Response) -> Option<Notice> {
    let status = response.status.as_ref().filter(|status| !status.is_success())?;
    let code = status.codes.last().and_then(|code| code.rsplit(':').next()).unwrap_or_default();
    let args = vec![code.to_owned(), status.message.clone().unwrap_or_default()];
    Some(Notice::new("saml.status", args, Severity::Error))
}

/// Roles of one partition posted to the sign-in host of another: AWS does not know their provider there.
fn host_notice(claims: &AwsClaims, post: &SamlPost) -> Option<Notice> {
    let host = post.endpoint.as_ref()?.partition;
    let other =
        claims.grants.iter().map(|grant| grant.role.partition()).find(|partition| *partition != host)?;
    Some(Notice::new(
        "aws.other_partition_host",
        vec![other.id().to_owned(), host.id().to_owned()],
        Severity::Warning,
    ))
}

/// The same for the same response, however its base64 is broken into lines. Not a defence: it only tells sign-ins of
/// one browser session apart. Every byte counts, by the multiplication and rotation of FxHash, in lanes.
fn id(text: &str) -> String {
    if text.bytes().fold(false, |found, byte| found | (byte <= b' ')) {
        let plain = text.split_ascii_whitespace().collect::<String>();
        if plain.len() < text.len() {
            return id(Secret::new(plain).expose());
        }
    }
    let (blocks, rest) = text.as_bytes().as_chunks::<64>();
    let mut lanes = [0_u32; 16];
    for block in blocks {
        for (lane, word) in lanes.iter_mut().zip(block.as_chunks::<4>().0) {
            *lane = (lane.rotate_left(5) ^ u32::from_le_bytes(*word)).wrapping_mul(0x2722_0a95);
        }
    }
    let words = lanes.into_iter().map(u64::from);
    let rest = (1..).zip(rest).map(|(place, byte): (u64, _)| (place << 8) | u64::from(*byte));
    let hash = words
        .chain(rest)
        .fold(0_u64, |hash, word| (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95));
    format!("{:016x}", hash ^ (hash >> 32))
}
