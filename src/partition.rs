//! AWS partitions: their regions and the hosts Rolecall listens on and talks to. The one list of AWS hosts.
//!
//! Sources: `partitions.json`, `endpoints.json` and the sign-in endpoint rules of botocore 1.44; AWS General
//! Reference, "AWS Sign-In endpoints". The manifests are generated from this list (`./build.sh`), and
//! a test compares them with it.

/// An AWS partition that a browser can sign in to through SAML.
///
/// The isolated partitions (`aws-iso*`) are left out: their hosts are not reachable from the public internet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Partition {
    /// `aws`, the commercial regions.
    Aws,
    /// `aws-us-gov`, GovCloud (US).
    AwsUsGov,
    /// `aws-cn`, Beijing and Ningxia.
    AwsCn,
    /// `aws-eusc`, the European Sovereign Cloud.
    AwsEusc,
}

impl Partition {
    /// Every partition, in the order screens list them.
    pub const ALL: [Self; 4] = [Self::Aws, Self::AwsUsGov, Self::AwsCn, Self::AwsEusc];

    /// The partition an ARN names in its second field.
    #[must_use]
    pub fn from_arn_field(field: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|partition| partition.id() == field)
    }

    /// The name as it stands in an ARN, such as `aws-us-gov`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Aws => "aws",
            Self::AwsUsGov => "aws-us-gov",
            Self::AwsCn => "aws-cn",
            Self::AwsEusc => "aws-eusc",
        }
    }

    /// The sign-in hosts without a region; `REGION.` may stand before each. GovCloud's second is the one with FIPS 140
    /// endpoints.
    #[must_use]
    pub fn sign_in_hosts(self) -> &'static [&'static str] {
        match self {
            Self::Aws => &["signin.aws.amazon.com"],
            Self::AwsUsGov => &["signin.amazonaws-us-gov.com", "signin-fips.amazonaws-us-gov.com"],
            Self::AwsCn => &["signin.amazonaws.cn"],
            Self::AwsEusc => &["signin.amazonaws-eusc.eu"],
        }
    }

    /// The domain under which the partition's endpoints stand.
    fn dns_suffix(self) -> &'static str {
        match self {
            Self::Aws | Self::AwsUsGov => "amazonaws.com",
            Self::AwsCn => "amazonaws.com.cn",
            Self::AwsEusc => "amazonaws.eu",
        }
    }

    /// The regions whose STS endpoint Rolecall may call.
    #[must_use]
    pub fn regions(self) -> &'static [&'static str] {
        match self {
            Self::Aws => AWS_REGIONS,
            Self::AwsUsGov => &["us-gov-east-1", "us-gov-west-1"],
            Self::AwsCn => &["cn-north-1", "cn-northwest-1"],
            Self::AwsEusc => &["eusc-de-east-1"],
        }
    }

    /// The region used when neither the sign-in host nor the user names one.
    #[must_use]
    pub fn default_region(self) -> &'static str {
        match self {
            Self::Aws => "us-east-1",
            Self::AwsUsGov => "us-gov-west-1",
            Self::AwsCn => "cn-north-1",
            Self::AwsEusc => "eusc-de-east-1",
        }
    }

    /// The partition's own spelling of `region`, if the region is one of its.
    #[must_use]
    pub fn region(self, region: &str) -> Option<&'static str> {
        self.regions().iter().copied().find(|known| *known == region)
    }

    /// The regional STS host, such as `sts.eu-west-1.amazonaws.com`; `None` for a region of another partition.
    #[must_use]
    pub fn sts_host(self, region: &str) -> Option<String> {
        self.region(region).map(|region| format!("sts.{region}.{}", self.dns_suffix()))
    }

    /// Every STS host of the partition, in the order of [`Partition::regions`].
    pub fn sts_hosts(self) -> impl Iterator<Item = String> {
        self.regions().iter().map(move |region| format!("sts.{region}.{}", self.dns_suffix()))
    }

    /// The host of IAM, which has one endpoint a partition, and the region that a request to it is signed for.
    #[must_use]
    pub fn iam_endpoint(self) -> (&'static str, &'static str) {
        match self {
            Self::Aws => ("iam.amazonaws.com", "us-east-1"),
            Self::AwsUsGov => ("iam.us-gov.amazonaws.com", "us-gov-west-1"),
            Self::AwsCn => ("iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
            Self::AwsEusc => ("iam.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"),
        }
    }

    /// The region to name in a command of the AWS CLI that asks IAM: any one of the partition leads it to the right endpoint. `None`
    /// for `aws`, where it gets there without.
    #[must_use]
    pub fn cli_region(self) -> Option<&'static str> {
        (self != Self::Aws).then(|| self.default_region())
    }

    /// The regional CloudTrail host, such as `cloudtrail.eu-west-1.amazonaws.com`; `None` for a region of another partition.
    #[must_use]
    pub fn cloudtrail_host(self, region: &str) -> Option<String> {
        self.region(region).map(|region| format!("cloudtrail.{region}.{}", self.dns_suffix()))
    }

    /// Every host that a signed call may go to: asked for when someone wants one, and not before.
    pub fn call_hosts(self) -> impl Iterator<Item = String> {
        let cloudtrail = self.regions().iter().filter_map(move |region| self.cloudtrail_host(region));
        [self.iam_endpoint().0.to_owned()].into_iter().chain(cloudtrail)
    }

    /// The console's host; `REGION.` may stand before it. Only for links that a person opens.
    #[must_use]
    pub fn console_host(self) -> &'static str {
        match self {
            Self::Aws => "console.aws.amazon.com",
            Self::AwsUsGov => "console.amazonaws-us-gov.com",
            Self::AwsCn => "console.amazonaws.cn",
            Self::AwsEusc => "console.amazonaws-eusc.eu",
        }
    }
}

const AWS_REGIONS: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "me-west-1",
    "mx-central-1",
    "sa-east-1",
    "sa-west-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_of_another_partition_has_no_sts_host() {
        assert_eq!(Partition::Aws.sts_host("us-gov-west-1"), None);
        assert_eq!(
            Partition::AwsCn.sts_host("cn-north-1").as_deref(),
            Some("sts.cn-north-1.amazonaws.com.cn")
        );
    }

    #[test]
    fn iam_is_one_host_a_partition_and_cloudtrail_one_a_region() {
        assert_eq!(Partition::Aws.cloudtrail_host("cn-north-1"), None);
        for partition in Partition::ALL {
            let (host, region) = partition.iam_endpoint();
            assert!(partition.regions().contains(&region));
            let hosts: Vec<String> = partition.call_hosts().collect();
            assert_eq!(hosts[0], host);
            assert_eq!(hosts.len(), partition.regions().len() + 1);
        }
        assert!(Partition::AwsEusc.call_hosts().any(|host| host == "cloudtrail.eusc-de-east-1.amazonaws.eu"));
    }

    #[test]
    fn every_default_region_is_one_of_the_partition() {
        for partition in Partition::ALL {
            assert!(partition.regions().contains(&partition.default_region()));
        }
    }

    #[test]
    fn an_arn_field_names_its_partition_exactly() {
        assert_eq!(Partition::from_arn_field("aws-us-gov"), Some(Partition::AwsUsGov));
        assert_eq!(Partition::from_arn_field("AWS"), None);
        assert_eq!(Partition::from_arn_field("aws-iso"), None);
    }
}
