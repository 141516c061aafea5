//! Pasted errors of Microsoft Entra ID.

use rolecall::audit::entra_error;

/// A text as people paste it, and the rule it has to become: every number that the rules know.
pub(crate) const CODES: &[(&str, &str)] = &[
    (
        "AADSTS50011: The reply URL specified in the request does not match the reply URLs configured for the application.",
        "entra.50011",
    ),
    (
        "AADSTS50105: Your administrator has configured the application AWS to block users unless they are specifically granted access.",
        "entra.50105",
    ),
    (
        "Sorry, but we're having trouble signing you in.\n\nAADSTS50020: User account does not exist in tenant",
        "entra.50020",
    ),
    ("https://login.microsoftonline.com/error?code=50034", "entra.50034"),
    ("https://login.microsoftonline.com/error?code=50072&x=1", "entra.50072"),
    (
        "{\"error\":\"interaction_required\",\"error_codes\":[50074],\"timestamp\":\"2026-01-09 02:02:12Z\"}",
        "entra.50074",
    ),
    ("{\"error_codes\": [50076]}", "entra.50076"),
    ("AADSTS50078", "entra.50078"),
    ("50079", "entra.50079"),
    ("Error Code: 50097", "entra.50097"),
    ("AADSTS50129: Device is not workplace joined", "entra.50129"),
    ("AADSTS50131: Device is not in required device state", "entra.50131"),
    ("AADSTS50155: Device authentication failed for this user", "entra.50155"),
    ("AADSTS50168: The client is capable of obtaining an SSO token", "entra.50168"),
    ("AADSTS53000: Device is not in required device state: compliant", "entra.53000"),
    ("AADSTS53001", "entra.53001"),
    ("AADSTS53003: Access has been blocked by Conditional Access policies.", "entra.53003"),
    ("AADSTS53004", "entra.53004"),
    ("AADSTS501241: Mandatory Input 'x' missing from transformation ID 'y'.", "entra.501241"),
    ("AADSTS50003", "entra.50003"),
    (
        "AADSTS50146: This application is required to be configured with an application-specific signing key.",
        "entra.50146",
    ),
    ("AADSTS65005", "entra.65005"),
    ("AADSTS650056: Misconfigured application.", "entra.650056"),
    ("AADSTS700011", "entra.700011"),
    ("AADSTS700016: Application with identifier 'x' was not found in the directory 'y'.", "entra.700016"),
    ("AADSTS70043: The refresh token has expired", "entra.70043"),
    ("AADSTS75005: The request is not a valid Saml2 protocol message.", "entra.75005"),
    ("https://login.microsoftonline.com/common/reprocess?error_code=750054", "entra.750054"),
    ("AADSTS7500514", "entra.7500514"),
    ("AADSTS75011: Authentication method by which the user authenticated doesn't match", "entra.75011"),
    ("AADSTS76021", "entra.76021"),
    ("AADSTS90072: something that has no words here", "entra.other"),
];

#[test]
fn a_pasted_error_is_the_rule_for_its_number_and_links_to_microsoft() {
    for (text, code) in CODES {
        let error = entra_error(text).unwrap_or_else(|| panic!("{text} is not read"));
        assert_eq!(error.code, *code, "{text}");
        assert_eq!(error.link(), format!("https://login.microsoftonline.com/error?code={}", error.number));
        assert_eq!(error.finding().code, *code);
    }
    assert_eq!(entra_error("AADSTS90072").unwrap().finding().args, ["AADSTS90072"]);
}

#[test]
fn what_names_no_error_is_none() {
    for text in [
        "",
        "12345",
        "AADSTS",
        "AADSTSx AADSTS12",
        "AADSTS99999999999",
        "https://example.com/error?code=50105",
        "https://login.microsoftonline.com/common/oauth2?code=AAA",
        "Your request included an invalid SAML response.",
    ] {
        assert_eq!(entra_error(text), None, "{text}");
    }
}

#[test]
fn a_number_behind_a_mark_that_has_none_is_found() {
    assert_eq!(entra_error("AADSTS? See AADSTS50105.").unwrap().number, 50105);
}

#[test]
fn a_text_of_any_length_is_read_to_its_bound() {
    let far = format!("{}AADSTS50105", "x".repeat(rolecall::limits::MAX_ERROR_TEXT_BYTES));
    assert_eq!(entra_error(&far), None);
}
