//! Messages of which something is not what was signed: the page says so, in words, and nothing on it is green.

use rolecall_browser::{Inspector, Read, World, in_both_browsers};

use crate::materials::{certificate_of, fixture, metadata};

in_both_browsers! {
    async fn a_forged_message_is_called_so_and_its_role_is_said_not_to_be_covered(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        for (name, verdict, finding, role) in [
            ("xsw3", "wrapped", "signature.unsigned_assertion", "arn:aws:iam::666666666666:role/Admin"),
            ("xsw8", "wrapped", "signature.content_outside", "arn:aws:iam::666666666666:role/Admin"),
            ("comment-truncates-name-assertion", "wrapped", "signature.comment_in_text", "arn:aws:iam::111122220000:role/Team0-0"),
            ("digest-smuggled-in-status", "broken", "signature.digest_differs", "arn:aws:iam::666666666666:role/Admin"),
            ("empty-signature", "broken", "signature.malformed", "arn:aws:iam::666666666666:role/Admin"),
        ] {
            assert_eq!(inspector.read(&attack(name)?).await?, Read::Taken, "{name}");
            assert_eq!(inspector.verdict().await?, verdict, "{name}");
            assert_eq!(inspector.word("document.querySelector('#panel .verdict').dataset.tone").await?, "error", "{name}");
            let words = inspector.word("document.querySelector('#panel .verdict').innerText").await?;
            let wanted = if verdict == "wrapped" { "Treat the message as forged" } else { "does not verify" };
            assert!(words.contains(wanted), "{name}: {words}");
            assert!(!inspector.is_green_anywhere().await?, "{name}");
            // AWS stays the authority: what the message claims is shown, beside what is wrong with it.
            assert_eq!(inspector.roles().await?.first().map(String::as_str), Some(role), "{name}");
            inspector.show("findings").await?;
            assert!(inspector.codes().await?.contains(&finding.to_owned()), "{name}: {:?}", inspector.codes().await?);
            let severity = inspector.word(&format!("document.querySelector(\"#panel .notice[data-code='{finding}']\").dataset.severity")).await?;
            assert_eq!(severity, "error", "{name}");
            inspector.show("signature").await?;
            assert!(!inspector.is_green_anywhere().await?, "{name}");
            assert_eq!(inspector.words("[...document.querySelectorAll('[data-action=pin]')].map((pin) => pin.textContent)").await?, [""; 0], "{name}: nothing to pin");
            inspector.show("xml").await?;
            let marks = inspector.words("[...document.querySelectorAll('.line')].filter((line) => line.textContent.includes('666666666666')).map((line) => line.dataset.mark)").await?;
            assert!(marks.iter().all(|mark| mark == "none"), "{name}: {marks:?}");
            assert!(!inspector.is_green_anywhere().await?, "{name}");
        }
        inspector.close().await?;
    }

    async fn a_trusted_key_does_not_make_a_wrapped_message_genuine(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(&fixture("signatures/good/xmlsec1-assertion.xml")?).await?;
        let issuer = inspector.word("[...document.querySelectorAll('#panel .facts dd .code')].map((one) => one.textContent).find((one) => one.startsWith('https://'))").await?;
        let certificate = certificate_of(&fixture("signatures/keys/rsa2048.pem")?)?;
        let text = metadata(&issuer, &[certificate]);
        inspector.show("signature").await?;
        world.session.evaluate("document.querySelector('#metadata').value = args[0]", vec![text.into()]).await?;
        world.session.click("[data-focus=read-metadata]").await?;
        world.session.wait_for("[data-trust=accept]").await?;
        world.session.click("[data-trust=accept]").await?;
        inspector.becomes("genuine").await?;
        for name in ["xsw1", "xsw3", "xsw8", "digest-smuggled-in-status"] {
            inspector.read(&attack(name)?).await?;
            let verdict = inspector.verdict().await?;
            assert!(verdict == "wrapped" || verdict == "broken", "{name}: {verdict}");
            assert_eq!(inspector.words("[...document.querySelectorAll('#head [data-tone=good], #panel [data-tone=good]')].map((one) => one.textContent)").await?, [""; 0], "{name}");
        }
        inspector.close().await?;
    }
}

fn attack(name: &str) -> rolecall_browser::Result<String> {
    fixture(&format!("signatures/attacks/{name}.xml"))
}
