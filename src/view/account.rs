//! The roles of a sign-in by account, and how they are written for the popup.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::Message;
use crate::aws::RoleGrant;
use crate::partition::Partition;

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

/// The grants by account: accounts by partition and number, roles by name without regard to case. `refusal` says why the
/// credentials of a role cannot be had.
#[must_use]
pub fn accounts(
    grants: Vec<RoleGrant>,
    chosen: Option<&str>,
    refusal: fn(&RoleGrant) -> Option<Message>,
) -> Vec<Account> {
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
            refused: refusal(&grant),
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
