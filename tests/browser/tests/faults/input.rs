//! What a page can post to AWS's sign-in in place of a good response.

use std::net::{Ipv4Addr, SocketAddr};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rolecall_browser::{Browser, Result, Setup, Tab, World, in_both_browsers};
use rolecall_sandbox::{Options, Persona, Shape};
use serde_json::json;

use crate::steps::{
    ACS, URL_ENCODED, copied, first_role, is_in_state, newest, open_lab, opened, opened_empty, post,
    signed_in, stored, until,
};

in_both_browsers! {
    async fn each_bad_response_is_named_and_the_next_sign_in_works(browser: Browser) {
        let world = World::start(browser).await?;
        let lab = open_lab(&world).await?;
        let popup = opened_empty(&world).await?;
        let popup_tab = world.session.tab().await?;
        for (field, code) in bad_responses() {
            // Firefox hands no body of this size to an extension: there is nothing to name.
            if browser == Browser::Firefox && code == "capture.too_large" {
                post_from(&world, &lab, &field).await?;
                continue;
            }
            post_from(&world, &lab, &field).await?;
            world.session.switch(&popup_tab).await?;
            is_in_state(&world, "no-roles").await?;
            let shown = "const notice = document.querySelector(`#no-roles .notice[data-code='${args[0]}']`);
                return notice !== null && notice.dataset.severity === 'error'
                    && ['.notice-text', '.notice-hint'].every((css) => notice.querySelector(css).textContent.includes(' '))";
            until(&world, &format!("the notice {code}"), shown, json!(code)).await?;
        }
        world.session.switch(&lab).await?;
        world.sign_in(Persona::OneRole).await?;
        world.session.switch(&popup_tab).await?;
        is_in_state(&world, "roles").await?;
        copied(&world, &popup, &first_role(&popup).await?).await?;
        world.finish().await?;
    }

    async fn a_post_without_a_saml_response_is_none_of_its_business(browser: Browser) {
        let world = World::start(browser).await?;
        let response = world.sandbox.saml_response(Persona::OneRole, Shape::Okta)?;
        for fields in [&[][..], &[("RelayState", "x")], &[("SAMLRequest", response.as_str())], &[("samlresponse", &response)]] {
            post(&world.session, ACS, URL_ENCODED, fields).await?;
        }
        only_the_next_sign_in_is_stored(&world).await?;
        world.finish().await?;
    }

    async fn hosts_and_paths_that_only_look_like_a_sign_in_are_ignored(browser: Browser) {
        // Hosts that answer: Firefox reports an error page as a failure of the click.
        let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 9));
        let extra_hosts = LOOK_ALIKES.map(|host| (host.to_owned(), nowhere)).to_vec();
        let sandbox = Options { extra_hosts, ..Options::default() };
        let world = World::with(browser, Setup { sandbox, ..Setup::default() }).await?;
        let response = world.sandbox.saml_response(Persona::OneRole, Shape::Okta)?;
        for host in LOOK_ALIKES {
            post(&world.session, &format!("https://{host}/saml"), URL_ENCODED, &[("SAMLResponse", &response)]).await?;
        }
        for url in [
            "https://lab.rolecall.test/saml",
            "https://signin.aws.amazon.com/platform/saml/acs/0a1b2c3d",
            "https://us-east-1.signin.aws.amazon.com/platform/saml/acs/0a1b2c3d",
            "https://signin.aws.amazon.com/samlfoo",
            "https://signin.aws.amazon.com/SAML",
        ] {
            post(&world.session, url, URL_ENCODED, &[("SAMLResponse", &response)]).await?;
        }
        only_the_next_sign_in_is_stored(&world).await?;
        world.finish().await?;
    }

    async fn every_way_to_encode_a_form_gives_the_same_roles(browser: Browser) {
        let world = World::start(browser).await?;
        for enctype in [URL_ENCODED, "text/plain", "multipart/form-data"] {
            let response = world.sandbox.saml_response(Persona::OneRole, Shape::Ns0)?;
            post(&world.session, ACS, enctype, &[("SAMLResponse", &response), ("RelayState", "")]).await?;
            let (popup, arn) = opened(&world).await?;
            newest(&world, popup.copy_by_menu(&arn, "fresh").await?).await?;
        }
        assert_eq!(stored(&world, "signin:").await?.len(), 3);
        world.session.goto(&format!("{}?enctype=text", world.sandbox.sign_in_url(Persona::Scripts))).await?;
        world.arrive().await?;
        let (popup, _) = opened(&world).await?;
        let whole = "return document.querySelector('.identity-text')?.textContent === args[0]";
        until(&world, "the name in several scripts", whole, json!(Persona::Scripts.name_id())).await?;
        popup.close().await?;
        world.finish().await?;
    }

    async fn a_response_that_is_cut_off_shows_what_was_read(browser: Browser) {
        let world = World::start(browser).await?;
        let xml = STANDARD.decode(world.sandbox.saml_response(Persona::FourRoles, Shape::Entra)?);
        let xml = String::from_utf8(xml.unwrap_or_default()).unwrap_or_default();
        let whole = xml.find("</Assertion>").unwrap_or_default();
        let cut = STANDARD.encode(xml.get(..whole).unwrap_or_default());
        post(&world.session, ACS, URL_ENCODED, &[("SAMLResponse", &cut)]).await?;
        let popup = world.open_popup().await?;
        assert_eq!(popup.roles().await?.len(), 4);
        let shown = "return document.querySelector('.notice[data-code=\"saml.truncated\"]')?.dataset.severity";
        assert_eq!(world.session.evaluate(shown, Vec::new()).await?, "error");
        let (popup, arn) = signed_in(&world, Persona::OneRole).await?;
        copied(&world, &popup, &arn).await?;
        world.finish().await?;
    }
}

/// Posts `SAMLResponse` to AWS's sign-in from this tab, which becomes the current one.
async fn post_from(world: &World, tab: &Tab, response: &str) -> Result<()> {
    world.session.switch(tab).await?;
    post(&world.session, ACS, URL_ENCODED, &[("SAMLResponse", response)]).await
}

/// Signs in and fails if anything else was stored. The background works in order: what came before is done with.
async fn only_the_next_sign_in_is_stored(world: &World) -> Result<()> {
    let (popup, arn) = signed_in(world, Persona::OneRole).await?;
    assert_eq!(stored(world, "signin:").await?.len(), 1);
    assert_eq!(stored(world, "pending:").await?, []);
    copied(world, &popup, &arn).await?;
    Ok(())
}

/// Hosts that are none of AWS's sign-in, though the last one stands below it.
const LOOK_ALIKES: [&str; 3] =
    ["signin.aws.amazon.com.rolecall.test", "evil-signin.aws.amazon.com", "a.b.signin.aws.amazon.com"];

/// Values of `SAMLResponse`, each with the code of its notice.
fn bad_responses() -> Vec<(String, &'static str)> {
    let encoded = |text: &str| STANDARD.encode(text);
    let utf16: Vec<u8> = "\u{feff}<Response/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bomb = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><r>&c;</r>";
    let response = "<Response xmlns=\"urn:oasis:names:tc:SAML:2.0:protocol\">";
    let request = "<AuthnRequest xmlns=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>";
    vec![
        ("This is not base64!".to_owned(), "saml.not_base64"),
        (encoded("<!doctype html><html><body>Your session has ended.</body></html>"), "saml.html"),
        (encoded("no XML at all"), "saml.not_xml"),
        (encoded(bomb), "saml.dtd_forbidden"),
        (encoded(&format!("{response}{}", "<a>".repeat(10_000))), "saml.too_deep"),
        (encoded(&format!("{response}{}", "<a/>".repeat(150_000))), "saml.too_many_elements"),
        (encoded(&format!("{response}\0</Response>")), "saml.forbidden_character"),
        (STANDARD.encode(utf16), "saml.utf16"),
        (encoded(request), "saml.is_request"),
        ("A".repeat(3 * 1024 * 1024), "capture.too_large"),
    ]
}
