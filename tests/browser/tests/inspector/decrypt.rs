//! Encrypted assertions: opened here with the recipient's key, which is held nowhere.

use rolecall_browser::{Browser, Inspector, Read, Result, World, in_both_browsers};

use crate::materials::{fixture, fixtures};

in_both_browsers! {
    async fn an_encrypted_assertion_opens_with_the_right_key_alone_and_the_key_is_kept_nowhere(browser: Browser) {
        let mut world = World::start(browser).await?;
        let (right, wrong) = (fixture("encryption/key.pem")?, fixture("encryption/key-other.pem")?);
        let encrypted = fixture("encryption/xmlsec1-aes256-gcm.xml")?;
        for (name, key) in [("private key", &right), ("other private key", &wrong)] {
            // Its first and last line stand in the page's own words.
            world.look_for(name, &body_of(key).join("\n"));
            world.look_for(name, &body_of(key).concat());
        }
        let cipher = encrypted.rsplit("CipherValue>").nth(1).unwrap_or_default();
        assert!(cipher.len() > 500);
        world.look_for("encrypted assertion", cipher);
        world.look_for("decrypted assertion", "josé@example.com</saml:NameID></saml:Subject>");
        let inspector = Inspector::open(&world.session).await?;
        assert_eq!(inspector.read(&encrypted).await?, Read::Taken);
        assert_eq!(inspector.verdict().await?, "unknown");
        assert_eq!(inspector.roles().await?, [""; 0]);
        world.session.wait_for(".banner[data-decrypted=false]").await?;
        world.session.click("[data-action=to-decrypt]").await?;
        inspector.shows("the box for the key", "document.activeElement.id === 'private-key'").await?;
        let text = inspector.text().await?;
        assert!(text.contains("http://www.w3.org/2009/xmlenc11#aes256-gcm") && text.contains("rsa-oaep-mgf1p"), "{text}");

        for (key, code) in [
            (wrong.clone(), "saml.decrypt_failed"),
            (fixture("encryption/key-encrypted.pem")?, "saml.key_is_encrypted"),
            (fixture("encryption/certificate.pem")?, "saml.key_is_certificate"),
            (String::from("no key"), "saml.key_not_recognized"),
            (String::new(), "host.no_private_key"),
        ] {
            open_with(&inspector, &key).await?;
            let code_shown = "document.querySelector('#decrypt-failure .failure')?.dataset.code ?? ''";
            inspector.shows(code, &format!("({code_shown}) === '{code}'")).await?;
            assert_eq!(inspector.word("document.querySelector('#private-key').value").await?, key, "nothing is lost");
            assert_eq!(inspector.verdict().await?, "unknown");
        }

        open_with(&inspector, &right).await?;
        inspector.shows("that it is open", "document.querySelector('.banner[data-decrypted=true]') !== null").await?;
        assert_eq!(inspector.word("document.querySelector('#private-key')?.value ?? ''").await?, "");
        inspector.show("summary").await?;
        assert_eq!(inspector.roles().await?, ["arn:aws:iam::111122223333:role/Dev"]);
        assert_eq!(inspector.fact("Who").await?[0], "josé@example.com");
        world.session.wait_for("#head [data-mark=decrypted]").await?;
        assert!(!inspector.is_green_anywhere().await?);

        let held = "const { storage } = globalThis.browser ?? chrome;
            const all = [await storage.session.get(null), await storage.local.get(null), { ...localStorage }, { ...sessionStorage }];
            return [JSON.stringify(all), (await indexedDB.databases()).map((one) => one.name).join(), location.href].join('\\n')";
        let held = world.session.evaluate(held, Vec::new()).await?.as_str().unwrap_or_default().to_owned();
        for line in body_of(&right).into_iter().chain(body_of(&wrong)) {
            assert!(!held.contains(line), "{held}");
        }
        inspector.reload().await?;
        assert_eq!(inspector.entries().await?, [], "a reload forgets it");
        inspector.close().await?;
        world.finish().await?;
    }

    async fn every_encryption_that_can_be_opened_is_and_what_cannot_says_why(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        let key = fixture("encryption/key.pem")?;
        let mut files: Vec<String> = std::fs::read_dir(fixtures().join("encryption"))?
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| name.ends_with(".xml") && name != "plain.xml")
            .collect();
        files.sort();
        assert!(files.len() > 15, "{files:?}");
        for file in files {
            assert_eq!(inspector.read(&fixture(&format!("encryption/{file}"))?).await?, Read::Taken, "{file}");
            inspector.show("signature").await?;
            open_with(&inspector, &key).await?;
            let outcome = "document.querySelector('#panel .banner[data-decrypted=true], #decrypt-failure .failure')";
            inspector.shows(&file, &format!("{outcome} !== null")).await?;
            let refused = inspector.word(&format!("{outcome}.dataset.code ?? ''")).await?;
            assert_eq!(refused, refusal(browser, &file), "{file}");
            if refused.is_empty() {
                inspector.show("summary").await?;
                assert_eq!(inspector.roles().await?, ["arn:aws:iam::111122223333:role/Dev"], "{file}");
            }
        }
        inspector.close().await?;
    }
}

/// Why a file cannot be opened in a browser; empty where it can.
fn refusal(browser: Browser, file: &str) -> &'static str {
    match file {
        "xmlsec1-tripledes.xml" => "saml.data_algorithm",
        "xmlsec1-pkcs1.xml" => "saml.key_transport_pkcs1",
        // WebCrypto has one hash for both the digest and the mask.
        "node-mgf1p-sha256-aes128-gcm.xml"
        | "node-mgf1p-sha512-aes256-gcm.xml"
        | "santuario-oaep-sha512-mgf-sha1-aes256-gcm.xml" => "saml.oaep_hashes_differ",
        // Chromium has no AES with 192 bits.
        _ if browser == Browser::Chromium && file.contains("aes192") => "saml.host_cannot_decrypt",
        _ => "",
    }
}

async fn open_with(inspector: &Inspector<'_>, key: &str) -> Result<()> {
    let session = inspector.session();
    let paste = "document.querySelector('#decrypt-failure').replaceChildren(); document.querySelector('#private-key').value = args[0]";
    session.evaluate(paste, vec![key.into()]).await?;
    session.click("[data-focus=decrypt]").await
}

/// The lines of a PEM text between the first and the last.
fn body_of(pem: &str) -> Vec<&str> {
    pem.lines().filter(|line| !line.starts_with("-----")).collect()
}
