//! A sign-in URL to partition, region and kind of endpoint. Anything that is not literally an AWS SAML endpoint is
//! refused: the text is compared with the hosts of [`Partition`], never searched.

use super::CaptureError;
use crate::partition::Partition;

/// A SAML endpoint of AWS Sign-In ("assertion consumer service").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The partition the host belongs to.
    pub partition: Partition,
    /// The region in front of the host, such as `eu-west-1`. A region AWS adds later is taken too.
    pub region: Option<String>,
    /// Plain, or the one for encrypted assertions.
    pub kind: Acs,
    /// The host in lower case.
    pub host: String,
}

/// The kind of endpoint, told by the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acs {
    /// `/saml`.
    Plain,
    /// `/saml/acs/ID`: the endpoint of one IAM identity provider that may take encrypted assertions.
    Encrypted {
        /// `SAMLProviderUUID` of the provider, `[A-Z0-9]+`.
        provider_id: String,
    },
}

impl Endpoint {
    /// Reads a URL as the browser gives it. Query and fragment are allowed and ignored.
    ///
    /// # Errors
    ///
    /// [`CaptureError::NotAws`] for another scheme, host or port or any user information;
    /// [`CaptureError::NotSamlPath`] for another path on a sign-in host, IAM Identity Center's `/platform/` included.
    pub fn parse(url: &str) -> Result<Self, CaptureError> {
        let scheme = url.get(..HTTPS.len()).ok_or(CaptureError::NotAws)?;
        let rest = url.get(HTTPS.len()..).ok_or(CaptureError::NotAws)?;
        if !scheme.eq_ignore_ascii_case(HTTPS) {
            return Err(CaptureError::NotAws);
        }
        let (authority, rest) = match rest.find(['/', '?', '#']) {
            Some(end) => rest.split_at(end),
            None => (rest, ""),
        };
        let host = authority.strip_suffix(":443").unwrap_or(authority).to_ascii_lowercase();
        let (partition, region) = known_host(&host).ok_or(CaptureError::NotAws)?;
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        let kind = acs(path).ok_or(CaptureError::NotSamlPath)?;
        let region = region.map(String::from);
        Ok(Self { partition, region, kind, host })
    }
}

/// The partition and region of a sign-in host in lower case.
fn known_host(host: &str) -> Option<(Partition, Option<&str>)> {
    Partition::ALL.into_iter().find_map(|partition| {
        partition.sign_in_hosts().iter().find_map(|known| {
            let before = host.strip_suffix(known)?;
            if before.is_empty() {
                return Some((partition, None));
            }
            let region = before.strip_suffix('.')?;
            is_region_of(partition, region).then_some((partition, Some(region)))
        })
    })
}

/// Whether `region` has a region's shape and the partition's beginning (`regionRegex` of botocore's `partitions.json`).
fn is_region_of(partition: Partition, region: &str) -> bool {
    let begins = |starts: &[&str]| starts.iter().any(|start| region.starts_with(start));
    let ours = match partition {
        Partition::Aws => !begins(&["us-gov-", "us-iso", "eu-iso", "cn-", "eusc-"]),
        Partition::AwsUsGov => begins(&["us-gov-"]),
        Partition::AwsCn => begins(&["cn-"]),
        Partition::AwsEusc => begins(&["eusc-"]),
    };
    ours && has_region_shape(region)
}

/// `[a-z]{2,}(-[a-z]+)+-[0-9]+`
fn has_region_shape(region: &str) -> bool {
    let Some((words, number)) = region.rsplit_once('-') else { return false };
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let first = words.split('-').next().unwrap_or_default();
    is_number && first.len() >= 2 && words.contains('-') && words.split('-').all(is_word)
}

/// `^/saml(/acs/[A-Z0-9]+)?/?$`
fn acs(path: &str) -> Option<Acs> {
    let rest = path.strip_prefix("/saml")?;
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    if rest.is_empty() {
        return Some(Acs::Plain);
    }
    let id = rest.strip_prefix("/acs/")?;
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    is_id.then(|| Acs::Encrypted { provider_id: String::from(id) })
}

const HTTPS: &str = "https://";

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> (Partition, Option<String>, Acs) {
        let endpoint = Endpoint::parse(url).unwrap_or_else(|error| panic!("{url}: {error:?}"));
        (endpoint.partition, endpoint.region, endpoint.kind)
    }

    #[test]
    fn every_partition_is_known_with_and_without_region() {
        for partition in Partition::ALL {
            let host = partition.sign_in_hosts()[0];
            assert_eq!(parse(&format!("https://{host}/saml")), (partition, None, Acs::Plain));
            for region in partition.regions() {
                let expected = (partition, Some(String::from(*region)), Acs::Plain);
                assert_eq!(parse(&format!("https://{region}.{host}/saml")), expected);
            }
        }
    }

    #[test]
    fn the_encrypted_endpoint_gives_its_provider_id() {
        let kind = Acs::Encrypted { provider_id: String::from("SAMLSPX1YF4WAE7VQ0Y37H") };
        let url = "https://us-east-2.signin.aws.amazon.com/saml/acs/SAMLSPX1YF4WAE7VQ0Y37H";
        assert_eq!(parse(url), (Partition::Aws, Some(String::from("us-east-2")), kind.clone()));
        assert_eq!(parse(&format!("{url}/?x=y#z")).2, kind);
    }

    #[test]
    fn query_fragment_slash_port_443_and_upper_case_host_change_nothing() {
        for url in [
            "https://signin.aws.amazon.com/saml?RelayState=a/b",
            "https://signin.aws.amazon.com/saml/",
            "https://signin.aws.amazon.com/saml/?#",
            "https://signin.aws.amazon.com:443/saml#x",
            "HTTPS://SignIn.AWS.amazon.COM/saml",
        ] {
            assert_eq!(parse(url), (Partition::Aws, None, Acs::Plain), "{url}");
        }
        assert_eq!(Endpoint::parse("https://SIGNIN.amazonaws.cn/saml").unwrap().host, "signin.amazonaws.cn");
    }

    #[test]
    fn govclouds_fips_hosts_are_known() {
        assert_eq!(
            parse("https://signin-fips.amazonaws-us-gov.com/saml"),
            (Partition::AwsUsGov, None, Acs::Plain)
        );
        let region = Some(String::from("us-gov-east-1"));
        let url = "https://us-gov-east-1.signin-fips.amazonaws-us-gov.com/saml";
        assert_eq!(parse(url), (Partition::AwsUsGov, region, Acs::Plain));
    }

    #[test]
    fn a_region_aws_adds_later_is_taken_and_one_of_another_partition_is_not() {
        assert_eq!(
            parse("https://ap-central-9.signin.aws.amazon.com/saml").1.as_deref(),
            Some("ap-central-9")
        );
        for host in [
            "us-gov-west-1.signin.aws.amazon.com",
            "cn-north-1.signin.aws.amazon.com",
            "us-east-1.signin.amazonaws.cn",
            "us-east-1.signin.amazonaws-us-gov.com",
            "us-east-1.signin-fips.amazonaws-us-gov.com",
            "us-iso-east-1.signin.aws.amazon.com",
        ] {
            assert_eq!(Endpoint::parse(&format!("https://{host}/saml")), Err(CaptureError::NotAws), "{host}");
        }
    }

    #[test]
    fn look_alike_hosts_are_refused() {
        for url in [
            "https://signin.aws.amazon.com.example.com/saml",
            "https://evilsignin.aws.amazon.com/saml",
            "https://evil.signin.aws.amazon.com/saml",
            "https://us-east-1.evil.signin.aws.amazon.com/saml",
            "https://-.signin.aws.amazon.com/saml",
            "https://us-east-.signin.aws.amazon.com/saml",
            "https://us--1.signin.aws.amazon.com/saml",
            "https://u-east-1.signin.aws.amazon.com/saml",
            "https://us-1.signin.aws.amazon.com/saml",
            "https://.signin.aws.amazon.com/saml",
            "https://signin.aws.amazon.com@evil.example/saml",
            "https://user:pw@signin.aws.amazon.com/saml",
            "https://evil.example\\@signin.aws.amazon.com/saml",
            "https://signin.aws.amazon.com\\.evil.example/saml",
            "https://signin.aws.amazon.com./saml",
            "https://signin.aws.amazon.com:8443/saml",
            "https://signin.aws.amazon.com:443:443/saml",
            "https://signin.aws.amazon.com:/saml",
            "https://signin.aws.amazon.com%2f.example/saml",
            "https://signin.aws.amazon.cоm/saml",
            "https://sıgnin.aws.amazon.com/saml",
            "https://example.com/?https://signin.aws.amazon.com/saml",
            "https://example.com#signin.aws.amazon.com/saml",
            "http://signin.aws.amazon.com/saml",
            "https:/signin.aws.amazon.com/saml",
            "https:///signin.aws.amazon.com/saml",
            " https://signin.aws.amazon.com/saml",
            "wss://signin.aws.amazon.com/saml",
            "https://signin.c2shome.ic.gov/saml",
            "https://",
            "",
            "é",
        ] {
            assert_eq!(Endpoint::parse(url), Err(CaptureError::NotAws), "{url}");
        }
    }

    #[test]
    fn other_paths_of_a_sign_in_host_are_refused() {
        for path in [
            "",
            "/",
            "/samlx",
            "/SAML",
            "/saml/x",
            "/saml//",
            "//saml",
            "/saml/../x",
            "/x/../saml",
            "/%73aml",
            "/saml;x",
            "/saml/acs",
            "/saml/acs/",
            "/saml/acs/abc",
            "/saml/acs/ABC/DEF",
            "/saml/acs/ABC//",
            "/saml/acs/ABC%20",
            "/platform/saml/acs/0123ABC",
            "/platform/saml",
            "?/saml",
            "#/saml",
        ] {
            let url = format!("https://signin.aws.amazon.com{path}");
            assert_eq!(Endpoint::parse(&url), Err(CaptureError::NotSamlPath), "{url}");
        }
    }
}
