//! The rotation of signing certificates in the browser: what is learned, which side is called stale, and what reminds of an end.

use rolecall_browser::{
    Copied, DriveError, Key, Result, Scheme, Session, Setup, World, eventually, in_both_browsers,
};
use rolecall_sandbox::{Options, Persona, Shape};
use serde_json::{Value, json};

in_both_browsers! {
    async fn a_changed_certificate_is_noticed_and_the_page_says_which_side_is_stale_and_what_to_run(browser: Browser) {
        let world = World::start(browser).await?;
        world.sign_in(Persona::FourRoles).await?;
        let role = Persona::FourRoles.roles()[0].clone();
        let popup = world.open_popup().await?;
        assert_eq!(popup.copy(&role.role_arn).await?, Copied::Done { reused: false });
        popup.close().await?;
        let page = Certificates::open(&world.session).await?;
        page.shows("the certificate that signs", "document.querySelectorAll('.row[data-state=\"rotation.signs\"]').length === 1").await?;
        page.shows("what STS said", "document.querySelector('[data-mark=aws]')?.dataset.has === 'yes'").await?;
        assert_eq!(page.phase().await?, "rotation.phase_quiet");
        // Pinned, so that there is a third side.
        world.session.click("[data-action=pin]").await?;
        page.shows("the pin", "document.querySelector('[data-action=unpin]') !== null").await?;
        page.close().await?;

        let old = world.sandbox.signing_certificate_pem().to_owned();
        let new = world.sandbox.rotate_signing()?.to_owned();
        world.sign_in(Persona::FourRoles).await?;
        let popup = world.open_popup().await?;
        // Without the credentials of before, STS is asked with the new response.
        let clear = "return await (globalThis.browser ?? chrome).runtime.sendMessage({ kind: 'clear', role: null, private: false })";
        world.session.evaluate(clear, Vec::new()).await?;
        let Copied::Failed { code, .. } = popup.copy(&role.role_arn).await? else { return Err(DriveError::new("AWS took it")) };
        assert_eq!(code, "sts.signature_invalid");
        popup.close().await?;
        let page = Certificates::open(&world.session).await?;
        page.shows("both certificates", "document.querySelectorAll('.row').length === 2").await?;
        assert_eq!(page.states().await?, ["rotation.signs", "rotation.replaced"]);
        page.shows("what STS said", "document.querySelector('.notice[data-code=\"rotation.aws_refused\"]') !== null").await?;
        page.shows("the stale pin", "document.querySelector('.notice[data-code=\"rotation.pin_stale\"]') !== null").await?;

        // What IAM holds, as `aws iam get-saml-provider` prints it: the old certificate.
        let held = json!({ "SAMLMetadataDocument": metadata(&[&old])?, "CreateDate": "2026-01-01T00:00:00+00:00" });
        page.compare(&held.to_string()).await?;
        page.shows("that AWS is stale", "document.querySelector('.part').dataset.phase === 'rotation.phase_broken'").await?;
        let codes = page.advice().await?;
        assert_eq!(codes[0], "rotation.aws_lacks", "{codes:?}");
        let command = page.word("[...document.querySelectorAll('.step[data-code=\"rotation.upload\"] pre')].find((one) => one.textContent.includes('update')).textContent").await?;
        assert_eq!(command, format!("aws iam update-saml-provider --saml-provider-arn {} --saml-metadata-document file://metadata.xml", role.provider_arn));
        assert_eq!(page.word("document.querySelector('.step[data-state=now]').dataset.code").await?, "rotation.metadata_entra");
        page.hold_to_axe("a stale provider").await?;

        // The identity provider's metadata holds both, is uploaded, and STS takes the response.
        page.compare(&metadata(&[&old, &new])?).await?;
        page.shows("the next step", "document.querySelector('.step[data-state=now]').dataset.code === 'rotation.upload'").await?;
        page.compare_iam(&format!("{old}{new}")).await?;
        world.sandbox.tell_aws();
        page.shows("that AWS has it", "document.querySelector('.row[data-state=\"rotation.signs\"] [data-mark=aws]').dataset.has === 'yes'").await?;
        world.session.click(".row[data-state='rotation.signs'] [data-action=pin]").await?;
        page.shows("what is left", "document.querySelector('.notice[data-code=\"rotation.leftover_aws\"]') !== null").await?;
        page.close().await?;
        world.finish().await?;
    }

    async fn a_certificate_that_ends_in_six_days_reminds_in_the_popup_and_on_the_button_until_it_is_dismissed(browser: Browser) {
        let sandbox = Options { signing_days: Some(6), ..Options::default() };
        let world = World::with(browser, Setup { sandbox, ..Setup::default() }).await?;
        world.sign_in(Persona::FourRoles).await?;
        let popup = world.open_popup().await?;
        world.session.wait_for("#reminder .reminder[data-level='2']").await?;
        assert!(world.session.text("#reminder").await?.contains("6 days"), "{}", world.session.text("#reminder").await?);
        assert_eq!(toolbar(&world.session).await?, (String::from("4"), true));
        let violations = world.session.accessibility_violations().await?;
        assert!(violations.is_empty(), "{violations:?}");
        popup.close().await?;

        let page = Certificates::open(&world.session).await?;
        page.shows("the phase", "document.querySelector('.part')?.dataset.phase === 'rotation.phase_due'").await?;
        assert_eq!(page.advice().await?, ["rotation.expires"]);
        assert_eq!(page.word("document.querySelector('.ends').dataset.level").await?, "7");
        page.hold_to_axe("a reminder").await?;
        page.close().await?;

        let popup = world.open_popup().await?;
        world.session.wait_for("#reminder-dismiss").await?;
        world.session.click("#reminder-dismiss").await?;
        eventually("no reminder", async || Ok((count(&world.session, "#reminder .reminder").await? == 0).then_some(()))).await?;
        eventually("a plain button", async || Ok((toolbar(&world.session).await? == (String::from("4"), false)).then_some(()))).await?;
        popup.close().await?;
        // Another sign-in does not bring it back.
        world.sign_in(Persona::FourRoles).await?;
        let popup = world.open_popup().await?;
        assert_eq!(toolbar(&world.session).await?, (String::from("4"), false));
        popup.close().await?;
    }

    async fn nothing_is_remembered_when_it_is_switched_off_and_what_was_is_forgotten_on_request(browser: Browser) {
        let world = World::start(browser).await?;
        world.sign_in(Persona::FourRoles).await?;
        let here = world.session.tab().await?;
        world.session.open_extension_page("options/options.html").await?;
        eventually("the certificate", async || Ok((kept(&world.session).await? == 1).then_some(()))).await?;
        world.session.wait_for("#forget-certificates").await?;
        let violations = world.session.accessibility_violations().await?;
        assert!(violations.is_empty(), "{violations:?}");
        world.session.click("#forget-certificates").await?;
        eventually("nothing", async || Ok((kept(&world.session).await? == 0).then_some(()))).await?;
        world.session.click("#remember-certificates").await?;
        eventually("the preference", async || {
            let stored = storage(&world.session).await?;
            Ok((stored["preferences"]["certificates"] == json!(false)).then_some(()))
        }).await?;
        world.session.close_tab(&here).await?;
        world.sign_in(Persona::TwoHundred).await?;
        let popup = world.open_popup().await?;
        popup.close().await?;
        let page = Certificates::open(&world.session).await?;
        page.shows("that it is off", "document.querySelector('#empty') !== null").await?;
        page.hold_to_axe("nothing").await?;
        assert_eq!(kept(&world.session).await?, 0);
        page.close().await?;
    }

    async fn metadata_of_another_provider_is_refused_and_everything_is_within_reach_of_the_keyboard(browser: Browser) {
        let world = World::start(browser).await?;
        world.sign_in(Persona::FourRoles).await?;
        let page = Certificates::open(&world.session).await?;
        page.shows("the certificate", "document.querySelector('[data-action=compare]') !== null").await?;
        world.session.evaluate("document.querySelector('[data-action=compare]').focus()", Vec::new()).await?;
        world.session.press(&[Key::Enter]).await?;
        page.shows("the box with the focus", "document.activeElement?.id === 'metadata'").await?;
        let other = metadata(&[world.sandbox.signing_certificate_pem()])?.replace(Shape::Entra.issuer(), "https://other.example");
        world.session.evaluate("document.querySelector('#metadata').value = args[0]", vec![Value::from(other)]).await?;
        world.session.press(&[Key::Tab]).await?;
        page.shows("the button with the focus", "document.activeElement?.dataset.focus === 'read-metadata'").await?;
        world.session.press(&[Key::Enter]).await?;
        page.shows("the refusal", "document.querySelector('#metadata-failure .failure')?.dataset.code === 'host.metadata_of_another'").await?;
        page.hold_to_axe("a refusal").await?;
        page.close().await?;
    }
}

/// The certificates page in a tab.
struct Certificates<'a> {
    session: &'a Session,
    before: rolecall_browser::Tab,
}

impl<'a> Certificates<'a> {
    async fn open(session: &'a Session) -> Result<Self> {
        let before = session.tab().await?;
        session.open_extension_page("certificates/certificates.html").await?;
        session.wait_for("#page[data-state=ready]").await?;
        Ok(Self { session, before })
    }

    async fn close(self) -> Result<()> {
        self.session.close_tab(&self.before).await
    }

    /// Waits until the expression is true.
    async fn shows(&self, what: &str, expression: &str) -> Result<()> {
        let body = format!("return Boolean({expression})");
        eventually(what, async || {
            let is = self.session.evaluate(&body, Vec::new()).await?;
            Ok((is == json!(true)).then_some(()))
        })
        .await
    }

    async fn word(&self, expression: &str) -> Result<String> {
        let value = self.session.evaluate(&format!("return {expression}"), Vec::new()).await?;
        value.as_str().map(str::to_owned).ok_or_else(|| DriveError::new(format!("{expression} gave {value}")))
    }

    async fn phase(&self) -> Result<String> {
        self.word("document.querySelector('.part').dataset.phase").await
    }

    async fn states(&self) -> Result<Vec<String>> {
        self.words("[...document.querySelectorAll('.row')].map((row) => row.dataset.state)").await
    }

    async fn advice(&self) -> Result<Vec<String>> {
        self.words("[...document.querySelectorAll('.said-list .notice')].map((one) => one.dataset.code)")
            .await
    }

    async fn words(&self, expression: &str) -> Result<Vec<String>> {
        let value = self.session.evaluate(&format!("return {expression}"), Vec::new()).await?;
        Ok(value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// Opens the box, pastes metadata, reads it, and waits until the box is gone.
    async fn compare(&self, text: &str) -> Result<()> {
        self.compare_from(text, None).await
    }

    /// The same for XML that came from IAM.
    async fn compare_iam(&self, text: &str) -> Result<()> {
        self.compare_from(text, Some("[data-focus=from-iam]")).await
    }

    async fn compare_from(&self, text: &str, from: Option<&str>) -> Result<()> {
        self.session.click("[data-action=compare]").await?;
        self.session.wait_for("#metadata").await?;
        if let Some(from) = from {
            self.session.click(from).await?;
        }
        self.session
            .evaluate("document.querySelector('#metadata').value = args[0]", vec![Value::from(text)])
            .await?;
        self.session.click("[data-focus=read-metadata]").await?;
        self.shows("the comparison", "document.querySelector('#compare') === null").await
    }

    async fn hold_to_axe(&self, screen: &str) -> Result<()> {
        for scheme in [Scheme::Light, Scheme::Dark] {
            self.session.set_color_scheme(scheme).await?;
            let violations = self.session.accessibility_violations().await?;
            assert!(violations.is_empty(), "{screen}, {scheme:?}: {violations:?}");
        }
        self.session.set_color_scheme(Scheme::Light).await
    }
}

/// Metadata of the sandbox's Entra ID with these certificates (PEM).
fn metadata(pems: &[&str]) -> Result<String> {
    let mut keys = String::new();
    for pem in pems {
        let body =
            pem.split("-----BEGIN CERTIFICATE-----").nth(1).and_then(|rest| rest.split("-----END").next());
        let body: String =
            body.ok_or_else(|| DriveError::new("no certificate"))?.split_ascii_whitespace().collect();
        keys.push_str(&format!(
            "<KeyDescriptor use=\"signing\"><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data>\
             <X509Certificate>{body}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
        ));
    }
    Ok(format!(
        "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{}\"><IDPSSODescriptor \
         protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">{keys}</IDPSSODescriptor></EntityDescriptor>",
        Shape::Entra.issuer()
    ))
}

/// `storage.local`, asked in a page of the extension.
async fn storage(session: &Session) -> Result<Value> {
    session.evaluate("return await (globalThis.browser ?? chrome).storage.local.get(null)", Vec::new()).await
}

/// How many applications are remembered.
async fn kept(session: &Session) -> Result<usize> {
    Ok(storage(session).await?["certificates"].as_array().map_or(0, Vec::len))
}

/// The badge's text, and whether the button's title is a reminder. Asked in a page of the extension.
async fn toolbar(session: &Session) -> Result<(String, bool)> {
    let asked = session
        .evaluate(
            "const { action } = globalThis.browser ?? chrome; return [await action.getBadgeText({}), await action.getTitle({})]",
            Vec::new(),
        )
        .await?;
    let text = |place: usize| asked[place].as_str().unwrap_or_default().to_owned();
    Ok((text(0), text(1).contains("certificate")))
}

async fn count(session: &Session, css: &str) -> Result<u64> {
    let found =
        session.evaluate("return document.querySelectorAll(args[0]).length", vec![Value::from(css)]).await?;
    Ok(found.as_u64().unwrap_or_default())
}
