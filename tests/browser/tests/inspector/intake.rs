//! Everything by which a message comes into the page.

use std::io::Write as _;

use rolecall_browser::{Inspector, Key, Read, World, in_both_browsers};
use rolecall_sandbox::Persona;

use crate::materials::{self, AUTHN_REQUEST, LOGOUT_REQUEST, encoded, escaped, har, redirect};

in_both_browsers! {
    async fn a_response_is_read_in_every_form_that_people_copy(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        let base64 = materials::response(&world, Persona::FourRoles)?;
        let xml = materials::decoded(&base64)?;
        let forms = [
            base64.clone(),
            xml,
            format!("SAMLResponse={}&RelayState=https%3A%2F%2Fconsole.aws.amazon.com%2F", escaped(&base64)),
            format!("SAMLResponse={base64}"),
            har(std::slice::from_ref(&base64))?,
        ];
        for (number, form) in forms.iter().enumerate() {
            assert_eq!(inspector.read(form).await?, Read::Taken, "form {number}");
            if number == 4 {
                // The recording begins with the request; the response is the second.
                world.session.click("#list .entry:not([aria-selected=true])").await?;
            }
            inspector.becomes("consistent").await?;
            assert_eq!(inspector.roles().await?.len(), 4, "form {number}");
            assert_eq!(inspector.fact("Who").await?[0], Persona::FourRoles.name_id(), "form {number}");
        }
        let entries = inspector.entries().await?;
        assert_eq!(entries.len(), 6, "five forms, one of them with a request: {entries:?}");
        assert_eq!(inspector.word("document.querySelector('#paste').value").await?, "", "the box is empty again");
        inspector.close().await?;
        world.finish().await?;
    }

    async fn requests_are_listed_and_shown_as_what_they_are(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        assert_eq!(inspector.read(&redirect(AUTHN_REQUEST)?).await?, Read::Taken);
        assert_eq!(inspector.entries().await?[0].kind.as_deref(), Some("AuthnRequest"));
        assert_eq!(inspector.verdict().await?, "unsigned");
        assert_eq!(inspector.fact("For whom").await?, ["https://idp.example/sso"]);
        assert_eq!(inspector.fact("Relay state").await?, ["back"]);
        assert_eq!(inspector.read(&encoded(LOGOUT_REQUEST)).await?, Read::Taken);
        let entries = inspector.entries().await?;
        assert_eq!(entries.iter().map(|entry| entry.kind.as_deref()).collect::<Vec<_>>(), [Some("LogoutRequest"), Some("AuthnRequest")]);
        assert_eq!(inspector.fact("Who").await?[0], "jane.doe@example.com");
        assert!(inspector.entries().await?[0].selected);
        inspector.close().await?;
        world.finish().await?;
    }

    async fn a_recording_lists_each_message_in_it_with_its_kind(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        let recording = har(&[materials::response(&world, Persona::FourRoles)?, materials::response(&world, Persona::Scripts)?])?;
        assert_eq!(inspector.read(&recording).await?, Read::Taken);
        inspector.shows("three messages, all read", "[...document.querySelectorAll('#list .entry')].filter((entry) => entry.querySelector('.entry-provider')).length === 3").await?;
        let entries = inspector.entries().await?;
        let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["AuthnRequest", Persona::FourRoles.name_id(), Persona::Scripts.name_id()]);
        assert_eq!(inspector.words("[...document.querySelectorAll('.entry-host')].map((host) => host.textContent)").await?[1], "signin.aws.amazon.com");
        inspector.close().await?;
        world.finish().await?;
    }

    async fn what_is_no_message_is_refused_with_a_reason_and_stays_in_the_box(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        for (text, code) in [
            ("This is no message.", "capture.not_recognized"),
            ("   ", "capture.nothing_pasted"),
            ("{\"log\":{\"entries\":[{\"request\":{\"url\":\"https://cdn.example/\"}}]}}", "capture.no_saml_message"),
        ] {
            assert_eq!(inspector.read(text).await?, Read::Refused(code.to_owned()));
            assert_eq!(inspector.word("document.querySelector('#paste').value").await?, text, "nothing typed is lost");
            let said = inspector.word("document.querySelector('#paste-failure').innerText").await?;
            assert!(said.len() > 20 && !said.contains(code), "words, not the code: {said}");
        }
        assert_eq!(inspector.entries().await?, []);
        // A message that is cut is listed, and says why it cannot be shown.
        let xml = materials::xml(&world, Persona::FourRoles)?;
        assert_eq!(inspector.read(&xml[..xml.len() / 2]).await?, Read::Taken);
        inspector.shows("the reason", "document.querySelector('#panel .failure[data-code], #panel .notice[data-code]') !== null").await?;
        assert_ne!(inspector.verdict().await?, "consistent");
        assert_eq!(inspector.read(&xml).await?, Read::Taken, "and the next one is read");
        inspector.becomes("consistent").await?;
        inspector.close().await?;
        world.finish().await?;
    }

    async fn files_are_opened_and_dropped(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        let recording = har(&[materials::response(&world, Persona::FourRoles)?])?;
        let mut file = tempfile::Builder::new().prefix("session").suffix(".har").tempfile()?;
        file.write_all(recording.as_bytes())?;
        // The picker is the browser's own, out of WebDriver's reach: it must not open.
        let no_picker = "document.querySelector('#file').addEventListener('click', (event) => event.preventDefault())";
        world.session.evaluate(no_picker, Vec::new()).await?;
        world.session.click("#open").await?;
        world.session.choose_file("#file", file.path()).await?;
        inspector.shows("both messages", "document.querySelectorAll('#list .entry').length === 2").await?;
        let name = file.path().file_name().map(|name| name.to_string_lossy().into_owned());
        assert!(inspector.entries().await?.iter().all(|entry| entry.source == name), "{:?}", inspector.entries().await?);

        assert_eq!(inspector.drop_file("dropped.har", &recording).await?, Read::Taken);
        inspector.shows("two more", "document.querySelectorAll('#list .entry').length === 4").await?;
        assert_eq!(inspector.entries().await?[0].source.as_deref(), Some("dropped.har"));
        assert_eq!(inspector.words("[...document.querySelectorAll('#drop:not([hidden])')].map((veil) => veil.id)").await?, [""; 0], "the veil is gone");
        assert_eq!(inspector.drop_file("holiday.jpg", "\u{fffd}\u{fffd}JFIF").await?, Read::Refused(String::from("capture.not_recognized")));
        inspector.close().await?;
        world.finish().await?;
    }

    async fn a_paste_into_the_empty_box_or_beside_it_is_read_at_once(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(&materials::xml(&world, Persona::FourRoles)?).await?;
        inspector.show("xml").await?;
        world.session.click("[data-xml=original]").await?;
        inspector.shows("the original", "document.querySelector('.xml-view').dataset.original === 'true'").await?;
        inspector.evaluate("document.querySelector('#said').replaceChildren()").await?;
        world.session.click("[data-action=xml-copy]").await?;
        inspector.shows("that it was copied", "document.querySelector('#said').textContent !== ''").await?;
        world.session.click("[data-action=remove]").await?;
        inspector.shows("an empty list", "document.querySelectorAll('#list .entry').length === 0").await?;
        inspector.shows("the focus in the box", "document.activeElement.id === 'paste'").await?;
        world.session.chord(Key::Control, Key::Char('v')).await?;
        inspector.becomes("consistent").await?;
        assert_eq!(inspector.roles().await?.len(), 4);
        // Where nothing can be typed into, WebDriver's keys paste nothing: the event is made here.
        let beside = "const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', args[0]);
            // Firefox takes the text by the names of an earlier draft.
            const init = { clipboardData, dataType: 'text/plain', data: args[0], bubbles: true, cancelable: true };
            document.querySelector('#main').dispatchEvent(new ClipboardEvent('paste', init));";
        world.session.evaluate(beside, vec![AUTHN_REQUEST.into()]).await?;
        inspector.becomes("unsigned").await?;
        inspector.close().await?;
        world.finish().await?;
    }
}
