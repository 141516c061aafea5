//! Which hosts the sandbox plays, and what each of them is. Everything else is refused.

use std::collections::HashMap;
use std::net::SocketAddr;

/// The sandbox's identity provider.
pub(crate) const IDP_HOST: &str = "idp.rolecall.test";
/// The pages tests type and paste into.
pub(crate) const LAB_HOST: &str = "lab.rolecall.test";

/// What a host is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    Idp,
    Lab,
    SignIn(&'static Partition),
    Console(&'static Partition),
    Sts(&'static Partition),
    Iam(&'static Partition),
    CloudTrail,
    /// Plain HTTP on this machine behind the sandbox's TLS.
    Proxied(SocketAddr),
}

/// One AWS partition: its hosts, from the endpoint rules of botocore 1.44.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Partition {
    /// As it stands in an ARN.
    pub(crate) id: &'static str,
    pub(crate) sign_in: &'static str,
    pub(crate) console: &'static str,
    sts_suffixes: &'static [&'static str],
    iam: &'static str,
    /// A region starts with one of these.
    region_prefixes: &'static [&'static str],
    /// The host `sts.SUFFIX` without a region exists.
    global_sts: bool,
    /// `<Audience>` values that AWS takes, beside the sign-in URLs themselves.
    pub(crate) audience: &'static str,
    pub(crate) default_region: &'static str,
}

pub(crate) const PARTITIONS: [Partition; 4] = [
    Partition {
        id: "aws",
        sign_in: "signin.aws.amazon.com",
        console: "console.aws.amazon.com",
        sts_suffixes: &["amazonaws.com", "api.aws"],
        iam: "iam.amazonaws.com",
        region_prefixes: &["us-", "eu-", "ap-", "sa-", "ca-", "me-", "af-", "il-", "mx-"],
        global_sts: true,
        audience: "urn:amazon:webservices",
        default_region: "us-east-1",
    },
    Partition {
        id: "aws-us-gov",
        sign_in: "signin.amazonaws-us-gov.com",
        console: "console.amazonaws-us-gov.com",
        sts_suffixes: &["amazonaws.com", "api.aws"],
        iam: "iam.us-gov.amazonaws.com",
        region_prefixes: &["us-gov-"],
        global_sts: false,
        audience: "urn:amazon:webservices:govcloud",
        default_region: "us-gov-west-1",
    },
    Partition {
        id: "aws-cn",
        sign_in: "signin.amazonaws.cn",
        console: "console.amazonaws.cn",
        sts_suffixes: &["amazonaws.com.cn", "api.amazonwebservices.com.cn"],
        iam: "iam.cn-north-1.amazonaws.com.cn",
        region_prefixes: &["cn-"],
        global_sts: false,
        audience: "urn:amazon:webservices:cn-north-1",
        default_region: "cn-north-1",
    },
    Partition {
        id: "aws-eusc",
        sign_in: "signin.amazonaws-eusc.eu",
        console: "console.amazonaws-eusc.eu",
        sts_suffixes: &["amazonaws.eu", "api.amazonwebservices.eu"],
        iam: "iam.eusc-de-east-1.amazonaws.eu",
        region_prefixes: &["eusc-de-"],
        global_sts: false,
        audience: "urn:amazon:webservices:eusc",
        default_region: "eusc-de-east-1",
    },
];

impl Partition {
    /// `region` has the form of this partition's regions: prefix, one word, a number.
    fn has_region(&self, region: &str) -> bool {
        self.region_prefixes.iter().any(|prefix| {
            let Some((word, number)) = region.strip_prefix(prefix).and_then(|rest| rest.split_once('-'))
            else {
                return false;
            };
            !word.is_empty()
                && word.bytes().all(|byte| byte.is_ascii_lowercase())
                && !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    }

    /// `url` is a SAML sign-in URL of this partition: what `Recipient` and a trust policy's `SAML:aud` name.
    pub(crate) fn is_acs(&self, url: &str) -> bool {
        let Some((host, path)) = url.strip_prefix("https://").and_then(|rest| rest.split_once('/')) else {
            return false;
        };
        self.bare_or_regional(host, self.sign_in) && (path == "saml" || path.starts_with("saml/acs/"))
    }

    fn site(&'static self, host: &str) -> Option<Site> {
        if self.bare_or_regional(host, self.sign_in) {
            return Some(Site::SignIn(self));
        }
        if self.bare_or_regional(host, self.console) {
            return Some(Site::Console(self));
        }
        if host == self.iam {
            return Some(Site::Iam(self));
        }
        if let Some(rest) = host.strip_prefix("cloudtrail.") {
            let region =
                self.sts_suffixes.first().and_then(|suffix| rest.strip_suffix(suffix)?.strip_suffix('.'));
            return region.filter(|region| self.has_region(region)).map(|_| Site::CloudTrail);
        }
        let rest = host.strip_prefix("sts.").or_else(|| host.strip_prefix("sts-fips."))?;
        let global = self.global_sts && rest == "amazonaws.com";
        let regional = self.sts_suffixes.iter().any(|suffix| {
            rest.strip_suffix(suffix).and_then(|r| r.strip_suffix('.')).is_some_and(|r| self.has_region(r))
        });
        (global || regional).then_some(Site::Sts(self))
    }

    /// `host` is `base` or `REGION.base`.
    fn bare_or_regional(&self, host: &str, base: &str) -> bool {
        host == base
            || host.strip_suffix(base).and_then(|r| r.strip_suffix('.')).is_some_and(|r| self.has_region(r))
    }
}

/// The hosts of one sandbox.
pub(crate) struct Hosts {
    extra: HashMap<String, SocketAddr>,
}

impl Hosts {
    pub(crate) fn new(extra: impl IntoIterator<Item = (String, SocketAddr)>) -> Self {
        Self { extra: extra.into_iter().map(|(host, to)| (host.to_ascii_lowercase(), to)).collect() }
    }

    /// What `host` is; `None` for a host the sandbox does not play.
    pub(crate) fn site(&self, host: &str) -> Option<Site> {
        let host = host.to_ascii_lowercase();
        match host.as_str() {
            IDP_HOST => Some(Site::Idp),
            LAB_HOST => Some(Site::Lab),
            _ => self
                .extra
                .get(&host)
                .map(|to| Site::Proxied(*to))
                .or_else(|| PARTITIONS.iter().find_map(|partition| partition.site(&host))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partition_of(host: &str) -> Option<(&'static str, &'static str)> {
        match Hosts::new([]).site(host)? {
            Site::SignIn(partition) => Some(("sign-in", partition.id)),
            Site::Console(partition) => Some(("console", partition.id)),
            Site::Sts(partition) => Some(("sts", partition.id)),
            Site::Iam(partition) => Some(("iam", partition.id)),
            Site::CloudTrail => Some(("cloudtrail", "")),
            Site::Idp | Site::Lab | Site::Proxied(_) => None,
        }
    }

    #[test]
    fn hosts_of_every_partition_are_known() {
        assert_eq!(partition_of("signin.aws.amazon.com"), Some(("sign-in", "aws")));
        assert_eq!(partition_of("eu-west-1.signin.aws.amazon.com"), Some(("sign-in", "aws")));
        assert_eq!(
            partition_of("us-gov-east-1.signin.amazonaws-us-gov.com"),
            Some(("sign-in", "aws-us-gov"))
        );
        assert_eq!(partition_of("cn-northwest-1.signin.amazonaws.cn"), Some(("sign-in", "aws-cn")));
        assert_eq!(partition_of("eusc-de-east-1.signin.amazonaws-eusc.eu"), Some(("sign-in", "aws-eusc")));
        assert_eq!(partition_of("sts.amazonaws.com"), Some(("sts", "aws")));
        assert_eq!(partition_of("sts.eu-west-1.amazonaws.com"), Some(("sts", "aws")));
        assert_eq!(partition_of("sts.us-gov-west-1.amazonaws.com"), Some(("sts", "aws-us-gov")));
        assert_eq!(partition_of("sts.cn-north-1.amazonaws.com.cn"), Some(("sts", "aws-cn")));
        assert_eq!(partition_of("sts.eusc-de-east-1.amazonaws.eu"), Some(("sts", "aws-eusc")));
        assert_eq!(partition_of("eu-west-1.console.aws.amazon.com"), Some(("console", "aws")));
        assert_eq!(partition_of("iam.amazonaws.com"), Some(("iam", "aws")));
        assert_eq!(partition_of("iam.us-gov.amazonaws.com"), Some(("iam", "aws-us-gov")));
        assert_eq!(partition_of("cloudtrail.eu-west-1.amazonaws.com"), Some(("cloudtrail", "")));
        assert_eq!(partition_of("cloudtrail.cn-northwest-1.amazonaws.com.cn"), Some(("cloudtrail", "")));
    }

    #[test]
    fn hosts_that_only_look_like_aws_are_refused() {
        let hosts = Hosts::new([]);
        for host in [
            "signin.aws.amazon.com.example.com",
            "evil-signin.aws.amazon.com",
            "a.b.signin.aws.amazon.com",
            "sts.cn-north-1.amazonaws.com",
            "sts.us-gov-west-1.amazonaws.com.cn",
            "sts..amazonaws.com",
            "cloudtrail.amazonaws.com",
            "cloudtrail.eu-west-1.api.aws",
            "iam.eu-west-1.amazonaws.com",
            "example.com",
        ] {
            assert_eq!(hosts.site(host), None, "{host}");
        }
    }

    #[test]
    fn an_extra_host_goes_to_its_own_address() {
        let to = SocketAddr::from(([127, 0, 0, 1], 9));
        assert_eq!(Hosts::new([("Foreign.test".into(), to)]).site("foreign.test"), Some(Site::Proxied(to)));
    }
}
