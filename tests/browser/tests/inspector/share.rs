//! The Share tab: what leaves the page names nobody, and nobody can sign in with it.

use rolecall_browser::{Inspector, Read, Result, World, in_both_browsers};
use rolecall_sandbox::{Persona, Shape};

use crate::materials;

in_both_browsers! {
    async fn the_copy_names_nobody_reads_like_the_original_and_is_never_genuine(browser: Browser) {
        let mut world = World::start(browser).await?;
        let original = materials::response(&world, Persona::FourRoles)?;
        world.look_for_response(&original);
        let inspector = Inspector::open(&world.session).await?;
        assert_eq!(inspector.read(&materials::decoded(&original)?).await?, Read::Taken);
        inspector.show("share").await?;
        let shown = inspector.word("document.querySelector('.share .xml').innerText").await?;
        assert!(shown.contains("Response"), "the copy is shown before it is copied: {shown}");
        names_nobody(&shown);

        copy(&inspector, "share-xml").await?;
        let copied = world.clipboard().await?;
        names_nobody(&copied);
        copy(&inspector, "share-base64").await?;
        assert_eq!(materials::decoded(&world.clipboard().await?)?, copied);
        copy(&inspector, "share-report").await?;
        let report = world.clipboard().await?;
        names_nobody(&report);
        assert!(report.starts_with('#') && report.contains("Microsoft Entra ID"), "{report}");

        for read in [&copied, &materials::encoded(&copied)] {
            assert_eq!(inspector.read(read).await?, Read::Taken);
            let verdict = inspector.verdict().await?;
            assert!(verdict == "broken" || verdict == "unknown", "{verdict}");
            assert!(!inspector.is_green_anywhere().await?);
            assert_eq!(inspector.roles().await?.len(), 4, "the structure is kept");
        }
        inspector.close().await?;
        world.finish().await?;
    }

    async fn what_stands_for_what_is_listed_by_kind(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(&materials::xml(&world, Persona::FourRoles)?).await?;
        inspector.show("share").await?;
        let rows = inspector.words("[...document.querySelectorAll('.replaced td:first-child')].map((cell) => cell.textContent)").await?;
        for original in [Persona::FourRoles.name_id(), "111122223333"] {
            assert!(rows.iter().any(|row| row == original), "{original} is not in {rows:?}");
        }
        inspector.close().await?;
        world.finish().await?;
    }
}

async fn copy(inspector: &Inspector<'_>, action: &str) -> Result<()> {
    inspector.evaluate("document.querySelector('#said').replaceChildren()").await?;
    inspector.session().click(&format!("[data-action={action}]")).await?;
    inspector.shows("that it was copied", "document.querySelector('#said').textContent === 'Copied'").await
}

/// Fails where a text holds anything of who signed in, or of whose company it is.
fn names_nobody(text: &str) {
    let persona = Persona::FourRoles;
    let mut telling = vec![
        persona.name_id().to_owned(),
        persona.session_name().to_owned(),
        persona.display_name().to_owned(),
    ];
    telling.extend(persona.roles().iter().map(|role| role.account().to_owned()));
    telling.extend(Shape::Entra.issuer().split('/').filter(|part| part.len() == 36).map(str::to_owned));
    telling.extend(["jane", "doe@"].map(str::to_owned));
    for one in telling {
        assert!(!text.to_lowercase().contains(&one.to_lowercase()), "{one} is in {text}");
    }
}
