//! The rotation of signing certificates: each state and each piece of advice raised and not raised, the reminders at their days, and the
//! stories of real rotations as sequences.
#![expect(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

use rolecall::rotation::{
    Known, Phase, Rotation, Seen, State, StepState, assess, key_descriptor, reminder_level, reminders,
};
use rolecall::signature::{Certificate, Entity, KeySource, metadata};
use rolecall::time::UnixTime;

const DAY: i64 = 86_400;
/// 2026-11-24T12:00:00Z.
const NOW: i64 = 1_795_521_600;
const ENTRA: &str = "https://sts.windows.net/6c1b0b5e-0000-0000-0000-000000000000/";
const PROVIDER: &str = "arn:aws:iam::111122223333:saml-provider/Entra";

/// A certificate that is named by a letter and ends so many days from now.
fn ends(name: char, days: i64) -> Seen {
    Seen::new(Certificate {
        der: name.to_string().into_bytes(),
        subject: format!("CN={name}"),
        issuer: format!("CN={name}"),
        serial: String::from("01"),
        not_before: at(days - 3 * 365),
        not_after: at(days),
        spki: name.to_string().into_bytes(),
        key_name: "RSA",
        key_bits: 2048,
    })
}

fn at(days: i64) -> UnixTime {
    UnixTime::from_seconds(NOW + days * DAY)
}

/// Adds what was met to a certificate, in the words of a test.
trait Met: Sized {
    fn signed(self, first: i64, last: i64) -> Self;
    fn accepted(self, days: i64) -> Self;
    fn refused(self, days: i64) -> Self;
    fn in_metadata(self) -> Self;
    fn in_iam(self) -> Self;
    fn pinned(self) -> Self;
}

impl Met for Seen {
    fn signed(self, first: i64, last: i64) -> Self {
        Self { first_seen: Some(at(first)), last_seen: Some(at(last)), ..self }
    }

    fn accepted(self, days: i64) -> Self {
        Self { accepted: Some(at(days)), ..self }
    }

    fn refused(self, days: i64) -> Self {
        Self { refused: Some(at(days)), ..self }
    }

    fn in_metadata(self) -> Self {
        Self { in_metadata: true, ..self }
    }

    fn in_iam(self) -> Self {
        Self { in_iam: true, ..self }
    }

    fn pinned(self) -> Self {
        Self { pinned: true, ..self }
    }
}

/// What is known of an application, and when each kind of metadata was read.
#[derive(Clone)]
struct Case {
    issuer: &'static str,
    certificates: Vec<Seen>,
    metadata: Option<i64>,
    iam: Option<i64>,
}

impl Case {
    fn of(certificates: &[Seen]) -> Self {
        Self { issuer: ENTRA, certificates: certificates.to_vec(), metadata: None, iam: None }
    }

    fn metadata(self, days: i64) -> Self {
        Self { metadata: Some(days), ..self }
    }

    fn iam(self, days: i64) -> Self {
        Self { iam: Some(days), ..self }
    }

    fn issuer(self, issuer: &'static str) -> Self {
        Self { issuer, ..self }
    }

    fn assess(&self) -> Rotation {
        let providers = [PROVIDER.to_owned()];
        let known = Known {
            issuer: self.issuer,
            providers: &providers,
            certificates: self.certificates.clone(),
            metadata_at: self.metadata.map(at),
            iam_at: self.iam.map(at),
        };
        assess(&known, UnixTime::from_seconds(NOW))
    }

    fn codes(&self) -> Vec<&'static str> {
        self.assess().advice.iter().map(|one| one.code).collect()
    }

    fn states(&self) -> Vec<(char, State)> {
        let rows = self.assess().certificates;
        rows.iter().map(|row| (row.subject.chars().last().unwrap(), row.state)).collect()
    }
}

#[test]
fn a_reminder_holds_from_its_day_to_the_second_and_the_next_takes_its_place() {
    for (days, level) in [
        (400, None),
        (61, None),
        (60, Some(60)),
        (31, Some(60)),
        (30, Some(30)),
        (8, Some(30)),
        (7, Some(7)),
        (0, Some(7)),
        (-1, Some(0)),
    ] {
        assert_eq!(reminder_level(&ends('a', days).certificate, at(0)), level, "{days} days");
    }
    let certificate = ends('a', 60).certificate;
    assert_eq!(reminder_level(&certificate, UnixTime::from_seconds(NOW - 1)), None);
    let certificate = ends('a', 0).certificate;
    assert_eq!(reminder_level(&certificate, UnixTime::from_seconds(NOW + 1)), Some(0));
    assert_eq!(
        reminders(&certificate).map(UnixTime::seconds),
        [NOW - 60 * DAY, NOW - 30 * DAY, NOW - 7 * DAY, NOW + 1]
    );
}

#[test]
fn only_a_certificate_that_signs_reminds_of_its_end() {
    let case =
        Case::of(&[ends('a', 6).signed(-90, -80), ends('b', 900).signed(-10, 0), ends('c', 5).in_metadata()]);
    let rotation = case.metadata(0).assess();
    assert!(rotation.certificates.iter().all(|row| row.reminder.is_none()), "{:?}", rotation.certificates);
    let rotation = Case::of(&[ends('a', 6).signed(-90, 0)]).assess();
    assert_eq!((rotation.certificates[0].reminder, rotation.certificates[0].days_left), (Some(7), 6));
    assert_eq!(rotation.phase, Phase::Due);
}

#[test]
fn each_certificate_is_what_its_sightings_say() {
    use State::{Announced, Replaced, Signs, SignsToo, Unused};
    let signs = || ends('s', 300).signed(-30, 0);
    for (what, case, expected) in [
        ("one that signs", Case::of(&[signs()]), vec![('s', Signs)]),
        (
            "one before it",
            Case::of(&[signs(), ends('o', 100).signed(-400, -30)]),
            vec![('s', Signs), ('o', Replaced)],
        ),
        (
            "two that take turns",
            Case::of(&[signs(), ends('t', 300).signed(-20, -1)]),
            vec![('s', Signs), ('t', SignsToo)],
        ),
        (
            "one that took turns and has stayed away",
            Case::of(&[signs(), ends('t', 300).signed(-40, -20)]),
            vec![('s', Signs), ('t', Replaced)],
        ),
        (
            "one in the metadata that outlives it",
            Case::of(&[signs().in_metadata(), ends('n', 1000).in_metadata()]).metadata(0),
            vec![('s', Signs), ('n', Announced)],
        ),
        (
            "one in the metadata that does not",
            Case::of(&[signs().in_metadata(), ends('n', 200).in_metadata()]).metadata(0),
            vec![('s', Signs), ('n', Unused)],
        ),
        (
            "one in IAM alone, with no metadata at hand",
            Case::of(&[signs(), ends('n', 1000).in_iam()]).iam(0),
            vec![('s', Signs), ('n', Announced)],
        ),
        (
            "one in IAM alone that the metadata does not name",
            Case::of(&[signs().in_metadata(), ends('n', 1000).in_iam()]).metadata(0).iam(0),
            vec![('s', Signs), ('n', Unused)],
        ),
        (
            "one that is pinned",
            Case::of(&[signs(), ends('p', 1000).pinned()]),
            vec![('s', Signs), ('p', Announced)],
        ),
        (
            "one that is pinned and ended",
            Case::of(&[signs(), ends('p', -1).pinned()]),
            vec![('s', Signs), ('p', Unused)],
        ),
        ("metadata alone", Case::of(&[ends('n', 1000).in_metadata()]).metadata(0), vec![('n', Announced)]),
        ("nothing", Case::of(&[]), vec![]),
    ] {
        assert_eq!(case.states(), expected, "{what}");
    }
}

/// Code, a case that raises it, one like it that does not.
#[test]
fn each_piece_of_advice_is_raised_by_its_cause_and_not_without_it() {
    let new = || ends('n', 900).signed(-2, 0);
    let old = || ends('o', 100).signed(-400, -3);
    let next = || ends('x', 1000);
    let soon = |days| ends('s', days).signed(-400, 0);
    let cases = [
        (
            "rotation.aws_refused",
            Case::of(&[old().accepted(-3), new().refused(0)]),
            Case::of(&[old().accepted(-3), new().refused(-1).accepted(0)]),
        ),
        (
            "rotation.aws_refused",
            Case::of(&[new().refused(0).in_iam()]).iam(-1),
            Case::of(&[new().refused(-1).in_iam()]).iam(0),
        ),
        (
            "rotation.aws_lacks",
            Case::of(&[old().in_iam(), new()]).iam(0),
            Case::of(&[old().in_iam(), new().in_iam()]).iam(0),
        ),
        ("rotation.aws_lacks", Case::of(&[new()]).iam(-1), Case::of(&[new().accepted(0)]).iam(-1)),
        ("rotation.aws_unknown", Case::of(&[old(), new()]), Case::of(&[old(), new().accepted(0)])),
        ("rotation.aws_unknown", Case::of(&[old(), new()]), Case::of(&[new()])),
        ("rotation.expired", Case::of(&[soon(-1)]), Case::of(&[soon(0)])),
        ("rotation.expires", Case::of(&[soon(60)]), Case::of(&[soon(61)])),
        ("rotation.expires", Case::of(&[soon(0)]), Case::of(&[soon(-1)])),
        (
            "rotation.metadata_older",
            Case::of(&[old().in_metadata(), new()]).metadata(-5),
            Case::of(&[old().in_metadata(), new()]).metadata(-1),
        ),
        (
            "rotation.metadata_other",
            Case::of(&[new(), ends('t', 2000).in_metadata()]).metadata(-1),
            Case::of(&[new().in_metadata(), ends('t', 2000).in_metadata()]).metadata(-1),
        ),
        (
            "rotation.pin_stale",
            Case::of(&[old().pinned(), new()]),
            Case::of(&[old().pinned(), new().pinned()]),
        ),
        ("rotation.pin_stale", Case::of(&[old().pinned(), new()]), Case::of(&[old(), new()])),
        (
            "rotation.turns",
            Case::of(&[ends('a', 300).signed(-30, 0), ends('b', 300).signed(-20, -1)]),
            Case::of(&[ends('a', 300).signed(-30, 0), ends('b', 300).signed(-60, -31)]),
        ),
        (
            "rotation.announced_ready",
            Case::of(&[new(), next().in_metadata().in_iam()]).metadata(0).iam(0),
            Case::of(&[new(), next().in_metadata()]).metadata(0).iam(0),
        ),
        (
            "rotation.announced_lacks",
            Case::of(&[new().in_iam(), next().in_metadata()]).metadata(0).iam(0),
            Case::of(&[new().in_iam(), next().in_metadata()]).metadata(0),
        ),
        (
            "rotation.announced_unknown",
            Case::of(&[new(), next().in_metadata()]).metadata(0),
            Case::of(&[new(), next()]).metadata(0),
        ),
        (
            "rotation.entra_switch",
            Case::of(&[soon(10), next().in_metadata()]).metadata(0),
            Case::of(&[soon(10), next().in_metadata()]).metadata(0).issuer("https://idp.example.com"),
        ),
        (
            "rotation.entra_switch",
            Case::of(&[soon(-1), next().in_metadata()]).metadata(0),
            Case::of(&[soon(100), next().in_metadata()]).metadata(0),
        ),
        (
            "rotation.entra_switched",
            Case::of(&[ends('o', -5).signed(-400, -6), new()]),
            Case::of(&[ends('o', 5).signed(-400, -6), new()]),
        ),
        (
            "rotation.entra_switched",
            Case::of(&[ends('o', -5).signed(-400, -6), new()]),
            Case::of(&[ends('o', -5).signed(-400, -6), new()]).issuer("http://www.okta.com/exk1"),
        ),
        (
            "rotation.leftover_aws",
            Case::of(&[old().in_iam(), new().in_iam()]).iam(0),
            Case::of(&[old(), new().in_iam()]).iam(0),
        ),
        (
            "rotation.leftover_aws",
            Case::of(&[old().in_iam(), new().in_iam()]).iam(0),
            Case::of(&[old().in_iam(), new()]).iam(0),
        ),
        (
            "rotation.leftover_pin",
            Case::of(&[old().pinned(), new().pinned()]),
            Case::of(&[old().pinned(), new()]),
        ),
    ];
    for (place, (code, raises, does_not)) in cases.iter().enumerate() {
        assert!(raises.codes().contains(code), "{place}: {code} is not in {:?}", raises.codes());
        assert!(!does_not.codes().contains(code), "{place}: {code} is in {:?}", does_not.codes());
    }
}

#[test]
fn nothing_is_said_of_a_certificate_that_signs_lasts_and_is_taken() {
    let case = Case::of(&[ends('a', 900).signed(-30, 0).accepted(0).in_metadata().in_iam().pinned()]);
    let rotation = case.metadata(-1).iam(-1).assess();
    assert_eq!(rotation.advice, []);
    assert_eq!((rotation.phase, rotation.severity), (Phase::Quiet, None));
    assert!(rotation.steps.iter().all(|step| step.state == StepState::Later));
}

#[test]
fn the_worst_advice_stands_first_and_says_how_bad_it_is() {
    let rotation =
        Case::of(&[ends('o', 100).signed(-400, -3).pinned(), ends('n', 20).signed(-2, 0)]).iam(0).assess();
    let severities: Vec<&str> = rotation.advice.iter().map(|one| one.severity).collect();
    assert_eq!(severities, ["error", "warning", "warning"]);
    assert_eq!(rotation.severity, Some("error"));
    assert_eq!(rotation.phase, Phase::Broken);
}

/// Steps that are done, the next one, and how many come after it.
fn progress(rotation: &Rotation) -> (Vec<&str>, Option<&str>) {
    let short = |code: &'static str| code.trim_start_matches("rotation.").trim_end_matches("_entra");
    let done =
        rotation.steps.iter().filter(|step| step.state == StepState::Done).map(|step| short(step.code));
    let next = rotation.steps.iter().find(|step| step.state == StepState::Now).map(|step| short(step.code));
    (done.collect(), next)
}

#[test]
fn a_rotation_in_the_right_order_is_led_from_step_to_step() {
    let soon = || ends('o', 50).signed(-400, 0).accepted(0).in_metadata().in_iam().pinned();
    let rotation = Case::of(&[soon()]).metadata(0).iam(0).assess();
    assert_eq!(rotation.phase, Phase::Due);
    assert_eq!(progress(&rotation), (vec![], Some("create")));

    let next = || ends('n', 1000).in_metadata();
    let rotation = Case::of(&[soon(), next()]).metadata(0).iam(-1).assess();
    assert_eq!(rotation.phase, Phase::Announced);
    assert_eq!(progress(&rotation), (vec!["create", "metadata"], Some("upload")));

    let rotation = Case::of(&[soon(), next().in_iam()]).metadata(0).iam(0).assess();
    assert_eq!(progress(&rotation), (vec!["create", "metadata", "upload"], Some("activate")));
    assert_eq!(rotation.key_descriptor, None);

    let old = || ends('o', 49).signed(-400, -1).accepted(-1).in_metadata().in_iam().pinned();
    let rotation = Case::of(&[old(), next().in_iam().signed(0, 0)]).metadata(0).iam(0).assess();
    assert_eq!(rotation.phase, Phase::Switched);
    assert_eq!(progress(&rotation), (vec!["create", "metadata", "upload", "activate"], Some("verify")));

    let rotation =
        Case::of(&[old(), next().in_iam().signed(0, 0).accepted(0).pinned()]).metadata(0).iam(0).assess();
    assert_eq!(
        progress(&rotation),
        (vec!["create", "metadata", "upload", "activate", "verify", "pin"], Some("remove"))
    );

    let gone = ends('o', 49).signed(-400, -1).accepted(-1);
    let rotation =
        Case::of(&[gone, next().in_iam().signed(-1, 0).accepted(0).pinned()]).metadata(0).iam(0).assess();
    assert_eq!(rotation.phase, Phase::Quiet);
    assert_eq!(rotation.advice, []);
}

#[test]
fn a_rotation_in_the_wrong_order_asks_for_the_upload_though_the_certificate_signs_already() {
    let old = ends('o', 100).signed(-400, -1).accepted(-1).in_iam();
    let new = ends('n', 1000).signed(0, 0).refused(0).in_metadata();
    let rotation = Case::of(&[old, new]).metadata(0).iam(-1).assess();
    assert_eq!(rotation.phase, Phase::Broken);
    assert_eq!(progress(&rotation), (vec!["create", "metadata", "activate"], Some("upload")));
    assert_eq!(rotation.advice[0].code, "rotation.aws_refused");
    assert_eq!(rotation.advice[0].args, ["CN=n \u{b7} 2029-08-20"]);
}

/// What Microsoft's documentation describes: an expired active certificate and a valid inactive one, and Entra ID takes the valid one.
#[test]
fn the_switch_that_entra_makes_on_its_own_is_foretold_and_recognised() {
    let days = |end: i64, next: Option<Seen>| {
        let mut certificates = vec![ends('o', end).signed(-1000, 0).accepted(0).in_metadata().in_iam()];
        certificates.extend(next);
        Case::of(&certificates).metadata(0).iam(0)
    };
    assert_eq!(days(40, None).codes(), ["rotation.expires"]);
    let announced = || Some(ends('n', 1000).in_metadata());
    assert_eq!(
        days(40, announced()).codes(),
        ["rotation.expires", "rotation.entra_switch", "rotation.announced_lacks"]
    );
    let held = Some(ends('n', 1000).in_metadata().in_iam());
    assert_eq!(
        days(40, held).codes(),
        ["rotation.expires", "rotation.entra_switch", "rotation.announced_ready"]
    );
    assert_eq!(days(-1, announced()).codes()[0], "rotation.expired");

    // The day after: Entra ID signs with the other one, and nobody has told AWS.
    let switched =
        [ends('o', -1).signed(-1000, -2).accepted(-2).in_iam(), ends('n', 999).signed(0, 0).refused(0)];
    let case = Case::of(&switched).iam(-2);
    assert_eq!(case.codes(), ["rotation.aws_refused", "rotation.entra_switched"]);
    assert_eq!(case.assess().phase, Phase::Broken);
    // AWS was told, STS takes it.
    let [old, new] = switched;
    let case = Case::of(&[old, new.refused(-1).in_iam().accepted(0)]).iam(0);
    assert_eq!(case.codes(), ["rotation.entra_switched", "rotation.leftover_aws"]);
}

#[test]
fn each_product_has_the_steps_of_its_own_console() {
    for (issuer, suffix) in [
        (ENTRA, "entra"),
        ("http://www.okta.com/exk1a2b3c4", "okta"),
        ("http://adfs.example.com/adfs/services/trust", "adfs"),
        ("https://accounts.google.com/o/saml2?idpid=C01abc", "google"),
        ("https://auth.pingone.eu/0000", "ping"),
        ("https://id.example.com/realms/work", "keycloak"),
        ("https://app.onelogin.com/saml/metadata/1", "generic"),
        ("urn:example:idp", "generic"),
    ] {
        let rotation = Case::of(&[ends('a', 5).signed(-9, 0)]).issuer(issuer).assess();
        let codes: Vec<&str> = rotation.steps.iter().map(|step| step.code).collect();
        let own = ["create", "metadata", "activate"].map(|step| format!("rotation.{step}_{suffix}"));
        let expected = [
            &own[0],
            &own[1],
            "rotation.upload",
            &own[2],
            "rotation.verify",
            "rotation.pin",
            "rotation.remove",
        ];
        assert_eq!(codes, expected, "{issuer}");
    }
}

#[test]
fn there_are_commands_for_each_provider_with_a_region_outside_of_the_first_partition() {
    let providers = [
        PROVIDER,
        "arn:aws-us-gov:iam::444455556666:saml-provider/ADFS.prod",
        "arn:aws-cn:iam::777788889999:saml-provider/Entra",
        "arn:aws:iam::1:role/x; rm -rf ~",
    ]
    .map(str::to_owned);
    let known = Known {
        issuer: ENTRA,
        providers: &providers,
        certificates: Vec::new(),
        metadata_at: None,
        iam_at: None,
    };
    let rotation = assess(&known, at(0));
    let updates: Vec<(&str, &str)> =
        rotation.commands.iter().map(|one| (one.account.as_str(), one.update.as_str())).collect();
    assert_eq!(
        updates,
        [
            (
                "111122223333",
                "aws iam update-saml-provider --saml-provider-arn arn:aws:iam::111122223333:saml-provider/Entra \
                 --saml-metadata-document file://metadata.xml"
            ),
            (
                "444455556666",
                "aws iam update-saml-provider --saml-provider-arn arn:aws-us-gov:iam::444455556666:saml-provider/ADFS.prod \
                 --region us-gov-west-1 --saml-metadata-document file://metadata.xml"
            ),
            (
                "777788889999",
                "aws iam update-saml-provider --saml-provider-arn arn:aws-cn:iam::777788889999:saml-provider/Entra \
                 --region cn-north-1 --saml-metadata-document file://metadata.xml"
            ),
        ]
    );
    assert_eq!(
        rotation.commands[0].get,
        "aws iam get-saml-provider --saml-provider-arn arn:aws:iam::111122223333:saml-provider/Entra \
         --query SAMLMetadataDocument --output text > iam-metadata.xml"
    );
    assert_eq!(
        rotation.terraform,
        "resource \"aws_iam_saml_provider\" \"Entra\" {\n  name                   = \"Entra\"\n  \
         saml_metadata_document = file(\"metadata.xml\")\n}\n\n\
         resource \"aws_iam_saml_provider\" \"ADFS_prod\" {\n  name                   = \"ADFS.prod\"\n  \
         saml_metadata_document = file(\"metadata.xml\")\n}\n"
    );
    assert_eq!(rotation.phase, Phase::Unseen);
}

#[test]
fn a_key_descriptor_put_into_metadata_makes_it_name_both_certificates() {
    let [one, other] = ["idp.pem", "other.pem"].map(fixture);
    let metadata_of = |keys: &str| {
        format!(
            "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{ENTRA}\"><IDPSSODescriptor \
             protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">{keys}</IDPSSODescriptor></EntityDescriptor>"
        )
    };
    let text = metadata_of(&[key_descriptor(&one), key_descriptor(&other)].concat());
    let document = rolecall::saml::Document::parse(&text).unwrap();
    let read = metadata::read(&document).unwrap();
    let expected = Entity {
        entity_id: ENTRA.to_owned(),
        keys: vec![one, other],
        valid_until: None,
        source: KeySource::Metadata,
    };
    assert_eq!(read, [expected]);
}

#[test]
fn the_certificate_to_come_is_offered_for_metadata_that_lacks_it() {
    let signs = ends('s', 20).signed(-9, 0);
    let offered = Case::of(&[signs.clone(), ends('n', 900).pinned()]).assess().key_descriptor;
    assert!(offered.is_some_and(|text| text.contains("<ds:X509Certificate>bg==</ds:X509Certificate>")));
    assert_eq!(Case::of(&[signs]).assess().key_descriptor, None);
}

#[test]
fn the_certificate_of_a_response_is_that_of_its_signed_assertion_else_its_own() {
    let (one, other) = (fixture("idp.pem"), fixture("other.pem"));
    let signature = |certificate: &Certificate| {
        let pem = certificate.pem();
        format!(
            "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>{}\
             </ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>",
            pem.lines().filter(|line| !line.starts_with('-')).collect::<Vec<_>>().join("\n")
        )
    };
    let (one, other) = ((signature(&one), Some(one)), (signature(&other), Some(other)));
    let none = String::from("<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>");
    for (response, assertion, expected) in [
        (&one.0, &other.0, &other.1),
        (&one.0, &String::new(), &one.1),
        (&String::new(), &other.0, &other.1),
        (&String::new(), &String::new(), &None),
        (&String::new(), &none, &None),
    ] {
        let text = format!("<Response>{response}<Assertion>{assertion}</Assertion></Response>");
        let document = rolecall::saml::Document::parse(&text).unwrap();
        assert_eq!(&rolecall::signature::embedded_certificate(&document), expected, "{text}");
    }
}

#[test]
fn a_certificate_too_long_to_be_remembered_is_none() {
    let der = fixture("idp.pem").der;
    // The signature of an RSA key of 2048 bits is the last of the certificate; zeros make it and the whole longer.
    let bits = der.len() - 261;
    assert_eq!(der[bits..bits + 4], [0x03, 0x82, 0x01, 0x01]);
    for (bytes, is_kept) in [(12 * 1024, true), (12 * 1024 + 1, false)] {
        let more = bytes - der.len();
        let mut long = der.clone();
        long[2..4].copy_from_slice(&u16::try_from(bytes - 4).unwrap().to_be_bytes());
        long[bits + 2..bits + 4].copy_from_slice(&u16::try_from(257 + more).unwrap().to_be_bytes());
        long.resize(bytes, 0);
        let text = format!(
            "<Response><Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><KeyInfo><X509Data><X509Certificate>{}\
             </X509Certificate></X509Data></KeyInfo></Signature></Response>",
            rolecall::octets::base64(&long)
        );
        let document = rolecall::saml::Document::parse(&text).unwrap();
        assert_eq!(rolecall::signature::embedded_certificate(&document).is_some(), is_kept, "{bytes}");
    }
}

fn fixture(name: &str) -> Certificate {
    Certificate::from_pem(&std::fs::read_to_string(format!("tests/fixtures/signature/{name}")).unwrap())
        .unwrap()
}
