//! Short-lived credentials, with what they are for. They do not serialise and do not print their secrets.

use crate::aws::{AccountId, ProviderArn, RoleArn};
use crate::secret::Secret;
use crate::time::UnixTime;

/// What `AssumeRoleWithSAML` gave, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// `AccessKeyId`: names the key, is written to CloudTrail, and is no secret.
    pub access_key_id: String,
    /// `SecretAccessKey`.
    pub secret_access_key: Secret<String>,
    /// `SessionToken`; AWS promises no length.
    pub session_token: Secret<String>,
    /// `Expiration`: AWS refuses the credentials from here on.
    pub expiration: UnixTime,
    /// `AssumedRoleUser/Arn`: `arn:PARTITION:sts::ACCOUNT:assumed-role/ROLE/SESSION`.
    pub assumed_role_arn: Option<String>,
    /// The role that was assumed.
    pub role: RoleArn,
    /// The provider that vouched.
    pub provider: ProviderArn,
    /// The region of the STS endpoint that answered.
    pub region: &'static str,
}

impl Credentials {
    /// The account the credentials are for.
    #[must_use]
    pub fn account(&self) -> AccountId<'_> {
        self.role.account()
    }

    /// Whether AWS still takes them at `now`.
    #[must_use]
    pub fn is_live(&self, now: UnixTime) -> bool {
        now < self.expiration
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_holds_neither_secret_and_the_end_is_exclusive() {
        let credentials = Credentials {
            access_key_id: "ASIAEXAMPLE".into(),
            secret_access_key: Secret::new("wJalrXUtnFEMI".into()),
            session_token: Secret::new("FwoGZXIvYXdzE".into()),
            expiration: UnixTime::from_seconds(1000),
            assumed_role_arn: None,
            role: RoleArn::parse("arn:aws:iam::111122223333:role/Dev").unwrap(),
            provider: ProviderArn::parse("arn:aws:iam::111122223333:saml-provider/Idp").unwrap(),
            region: "us-east-1",
        };
        let printed = format!("{credentials:?}");
        assert!(printed.contains("ASIAEXAMPLE"));
        assert!(!printed.contains("wJalrXUtnFEMI") && !printed.contains("FwoGZXIvYXdzE"));
        assert!(credentials.is_live(UnixTime::from_seconds(999)));
        assert!(!credentials.is_live(UnixTime::from_seconds(1000)));
    }
}
