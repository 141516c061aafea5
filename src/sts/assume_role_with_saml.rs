//! A grant and a SAML response to the unsigned form POST of `AssumeRoleWithSAML` (STS API 2011-06-15). What STS
//! would refuse for certain is refused here, and no request names a host outside the role's partition.

use zeroize::Zeroizing;

use super::error::StsError;
use super::http::HttpRequest;
use crate::aws::{AwsClaims, MAX_SESSION_SECONDS, MIN_SESSION_SECONDS, RoleGrant};
use crate::limits::MAX_STS_ASSERTION_CHARS;
use crate::octets::push_escaped;
use crate::partition::Partition;
use crate::secret::Secret;

/// The request that turns `grant` into credentials.
///
/// `saml_response` is the base64 text as the browser posted it; white space is taken out and the URL-safe alphabet
/// turned into the standard one. `region` is a region of the role's partition, best from [`choose_region`].
/// `duration` is in seconds, 900-43200; without it STS gives an hour.
pub fn request(
    grant: &RoleGrant,
    saml_response: &str,
    region: &str,
    duration: Option<u32>,
) -> Result<HttpRequest, StsError> {
    check(grant)?;
    let partition = grant.role.partition();
    let host = partition.sts_host(region).ok_or_else(|| StsError::RegionOfOtherPartition {
        region: region.chars().take(40).collect(),
        partition,
    })?;
    if let Some(seconds) =
        duration.filter(|seconds| !(MIN_SESSION_SECONDS..=MAX_SESSION_SECONDS).contains(seconds))
    {
        return Err(StsError::DurationOutOfRange { seconds });
    }
    let assertion = standard_base64(saml_response)?;

    let mut body = String::with_capacity(BODY_WITHOUT_ASSERTION_BYTES + assertion.len() * 3);
    body.push_str("Action=AssumeRoleWithSAML&Version=2011-06-15");
    push_field(&mut body, "RoleArn", grant.role.as_str());
    push_field(&mut body, "PrincipalArn", grant.provider.as_str());
    push_field(&mut body, "SAMLAssertion", &assertion);
    if let Some(seconds) = duration {
        push_field(&mut body, "DurationSeconds", &seconds.to_string());
    }
    Ok(HttpRequest {
        method: "POST",
        url: format!("https://{host}/"),
        headers: vec![
            ("accept", "text/xml".to_owned()),
            ("content-type", "application/x-www-form-urlencoded; charset=utf-8".to_owned()),
        ],
        security_token: None,
        body: Secret::new(body),
    })
}

/// Whether STS can take the pair at all: one partition, and not a role of IAM Identity Center.
pub fn check(grant: &RoleGrant) -> Result<(), StsError> {
    if grant.role.is_identity_center() {
        return Err(StsError::IdentityCenterRole { role: grant.role.friendly_name().to_owned() });
    }
    if !grant.is_of_one_partition() {
        return Err(StsError::PairAcrossPartitions {
            role: grant.role.partition(),
            provider: grant.provider.partition(),
        });
    }
    Ok(())
}

/// The grant of the claims whose two ARNs are exactly these, character by character.
pub fn find_grant<'a>(claims: &'a AwsClaims, role: &str, provider: &str) -> Result<&'a RoleGrant, StsError> {
    claims
        .grants
        .iter()
        .find(|grant| grant.role.to_string() == role && grant.provider.to_string() == provider)
        .ok_or(StsError::NotInAssertion)
}

/// The region whose STS endpoint is called: that of the sign-in host, else the user's preference, else the
/// partition's default; a region of another partition is passed over.
///
/// A regional endpoint's tokens work in every region, those of the global endpoint not in opt-in regions, and
/// GovCloud and China have no global endpoint: so it is never used.
#[must_use]
pub fn choose_region(sign_in: Option<&str>, preferred: Option<&str>, partition: Partition) -> &'static str {
    let known = |region: Option<&str>| region.and_then(|region| partition.region(region));
    known(sign_in).or_else(|| known(preferred)).unwrap_or_else(|| partition.default_region())
}

/// The response in the alphabet, padding and length that STS takes.
fn standard_base64(text: &str) -> Result<Zeroizing<String>, StsError> {
    let mut base64 = Zeroizing::new(String::with_capacity(text.len() + 2));
    for c in text.chars().filter(|c| !c.is_ascii_whitespace()) {
        base64.push(match c {
            '-' => '+',
            '_' => '/',
            'A'..='Z' | 'a'..='z' | '0'..='9' | '+' | '/' | '=' => c,
            _ => return Err(StsError::AssertionNotBase64),
        });
    }
    let digits = base64.trim_end_matches('=').len();
    base64.truncate(digits);
    if base64.is_empty() || base64.contains('=') {
        return Err(StsError::AssertionNotBase64);
    }
    match digits % 4 {
        0 => {}
        2 => base64.push_str("=="),
        3 => base64.push('='),
        _ => return Err(StsError::AssertionNotBase64),
    }
    if base64.len() > MAX_STS_ASSERTION_CHARS {
        return Err(StsError::AssertionTooLong { chars: base64.len() });
    }
    Ok(base64)
}

fn push_field(body: &mut String, name: &str, value: &str) {
    body.push('&');
    body.push_str(name);
    body.push('=');
    push_escaped(body, value);
}

/// Two ARNs of ordinary length with every character escaped; longer ones make the text grow once.
const BODY_WITHOUT_ASSERTION_BYTES: usize = 1024;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ROLE: &str = "arn:aws:iam::111122223333:role/Dev";
    const PROVIDER: &str = "arn:aws:iam::111122223333:saml-provider/Idp";

    fn grant() -> RoleGrant {
        pair(ROLE, PROVIDER)
    }

    fn pair(role: &str, provider: &str) -> RoleGrant {
        RoleGrant::parse(&format!("{role},{provider}")).unwrap()
    }

    fn body(saml: &str) -> Result<String, StsError> {
        request(&grant(), saml, "eu-west-1", None).map(|request| request.body.expose().clone())
    }

    #[test]
    fn the_request_is_a_post_with_the_assertion_in_the_body_and_nothing_in_the_url() {
        let request = request(&grant(), "PHNhbWw+", "eu-west-1", Some(3600)).unwrap();
        assert_eq!(request.method, "POST");
        assert_eq!(request.url, "https://sts.eu-west-1.amazonaws.com/");
        assert_eq!(
            request.body.expose(),
            "Action=AssumeRoleWithSAML&Version=2011-06-15\
             &RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2FDev\
             &PrincipalArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Asaml-provider%2FIdp\
             &SAMLAssertion=PHNhbWw%2B&DurationSeconds=3600"
        );
        let content_type = request.headers.iter().find(|(name, _)| *name == "content-type").unwrap();
        assert_eq!(content_type.1, "application/x-www-form-urlencoded; charset=utf-8");
    }

    #[test]
    fn the_assertion_does_not_print() {
        let request = request(&grant(), "PHNhbWw+", "eu-west-1", None).unwrap();
        assert!(!format!("{request:?}").contains("PHNhbWw"));
        assert!(!request.body.expose().contains("DurationSeconds"));
    }

    #[test]
    fn opt_in_regions_govcloud_and_china_are_never_sent_to_the_global_endpoint() {
        let mut hosts = Vec::new();
        for partition in Partition::ALL {
            let id = partition.id();
            let grant = pair(
                &format!("arn:{id}:iam::111122223333:role/Dev"),
                &format!("arn:{id}:iam::111122223333:saml-provider/Idp"),
            );
            for region in partition.regions() {
                let url = request(&grant, "PHNhbWw+", region, None).unwrap().url;
                assert!(url.starts_with(&format!("https://sts.{region}.")), "{url}");
                hosts.push(url);
            }
        }
        assert!(hosts.contains(&"https://sts.us-gov-west-1.amazonaws.com/".to_owned()));
        assert!(hosts.contains(&"https://sts.cn-northwest-1.amazonaws.com.cn/".to_owned()));
        assert!(hosts.contains(&"https://sts.eusc-de-east-1.amazonaws.eu/".to_owned()));
        assert!(!hosts.contains(&"https://sts.amazonaws.com/".to_owned()));
    }

    #[test]
    fn partitions_of_role_provider_and_endpoint_agree() {
        let gov = pair(
            "arn:aws-us-gov:iam::111122223333:role/Dev",
            "arn:aws-us-gov:iam::111122223333:saml-provider/Idp",
        );
        assert_eq!(
            request(&gov, "PHNhbWw+", "us-east-1", None).unwrap_err().code(),
            "sts.region_of_other_partition"
        );
        assert_eq!(
            request(&grant(), "PHNhbWw+", "evil.example.com/?", None).unwrap_err().args()[0],
            "evil.example.com/?"
        );
        let mixed = pair(ROLE, "arn:aws-cn:iam::111122223333:saml-provider/Idp");
        let error = request(&mixed, "PHNhbWw+", "us-east-1", None).unwrap_err();
        assert_eq!(
            error,
            StsError::PairAcrossPartitions { role: Partition::Aws, provider: Partition::AwsCn }
        );
    }

    #[test]
    fn a_role_of_identity_center_is_refused_with_its_own_code() {
        let role = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef";
        let error = check(&pair(role, PROVIDER)).unwrap_err();
        assert_eq!(error.code(), "sts.identity_center_role");
        assert_eq!(request(&pair(role, PROVIDER), "PHNhbWw+", "us-east-1", None), Err(error));
    }

    #[test]
    fn durations_outside_of_what_sts_takes_are_refused() {
        for (seconds, accepted) in [(899, false), (900, true), (43_200, true), (43_201, false)] {
            assert_eq!(
                request(&grant(), "PHNhbWw+", "us-east-1", Some(seconds)).is_ok(),
                accepted,
                "{seconds}"
            );
        }
    }

    #[test]
    fn base64_is_brought_into_the_form_that_sts_takes() {
        let field =
            |saml: &str| body(saml).map(|body| body.rsplit_once("SAMLAssertion=").unwrap().1.to_owned());
        assert_eq!(field("PHNh\r\nbWw+ \t").unwrap(), "PHNhbWw%2B");
        assert_eq!(field("PHNh-_8").unwrap(), "PHNh%2B%2F8%3D");
        assert_eq!(field("PHNhbQ==").unwrap(), "PHNhbQ%3D%3D");
        assert_eq!(field("PHNhbQ").unwrap(), "PHNhbQ%3D%3D");
        for not_base64 in ["", " ", "PHNhb", "<saml>", "PHN=hbWw", "PHNhbWw%2B", "é"] {
            assert_eq!(field(not_base64), Err(StsError::AssertionNotBase64), "{not_base64}");
        }
    }

    #[test]
    fn an_assertion_past_the_limit_of_sts_is_refused_and_one_at_the_limit_is_sent() {
        assert!(body(&"A".repeat(100_000)).is_ok());
        assert_eq!(body(&"A".repeat(100_004)), Err(StsError::AssertionTooLong { chars: 100_004 }));
    }

    #[test]
    fn a_pair_is_sent_only_if_it_is_literally_in_the_assertion() {
        let grants = vec![pair("arn:aws:iam::111122223333:role/DevOps", PROVIDER), grant()];
        let claims = AwsClaims { grants, ..AwsClaims::default() };
        assert_eq!(find_grant(&claims, ROLE, PROVIDER).unwrap().role.name(), "Dev");
        for role in ["arn:aws:iam::111122223333:role/De", "arn:aws:iam::111122223333:role/dev", "Dev", ""] {
            assert_eq!(find_grant(&claims, role, PROVIDER), Err(StsError::NotInAssertion), "{role}");
        }
        assert!(find_grant(&claims, ROLE, "arn:aws:iam::111122223333:saml-provider/Id").is_err());
    }

    #[test]
    fn the_region_is_that_of_the_sign_in_then_the_preference_then_the_default() {
        let gov = Partition::AwsUsGov;
        assert_eq!(choose_region(Some("us-gov-east-1"), Some("us-gov-west-1"), gov), "us-gov-east-1");
        assert_eq!(choose_region(Some("eu-west-1"), Some("us-gov-east-1"), gov), "us-gov-east-1");
        assert_eq!(choose_region(None, Some("us-east-1"), gov), "us-gov-west-1");
        assert_eq!(choose_region(Some("mars-1"), None, Partition::Aws), "us-east-1");
        assert_eq!(choose_region(None, None, Partition::AwsCn), "cn-north-1");
    }

    proptest! {
        #[test]
        fn every_base64_text_arrives_as_the_bytes_it_stands_for(bytes in prop::collection::vec(any::<u8>(), 1..300)) {
            use base64::Engine as _;
            use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
            for sent in [STANDARD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)] {
                let body = body(&sent).unwrap();
                let field = body.rsplit_once("SAMLAssertion=").unwrap().1;
                let text = percent_encoding::percent_decode_str(field).decode_utf8().unwrap();
                prop_assert_eq!(STANDARD.decode(text.as_bytes()).unwrap(), bytes.clone());
            }
        }

        #[test]
        fn no_text_stops_the_request(saml in "\\PC{0,60}", region in "\\PC{0,20}") {
            let _ = request(&grant(), &saml, &region, None);
        }
    }
}
