//! The XML tab: search, fold, the original, what is signed, and a megabyte of it.

use rolecall_browser::{Inspector, Key, Read, Result, World, in_both_browsers};
use rolecall_sandbox::Persona;
use serde_json::json;

use crate::materials;

in_both_browsers! {
    async fn a_search_counts_its_finds_and_goes_to_the_next_and_the_previous(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        let xml = materials::xml(&world, Persona::FourRoles)?;
        inspector.read(&xml).await?;
        inspector.show("xml").await?;
        let wanted = "saml-provider/";
        let finds = xml.matches(wanted).count();
        world.session.click("#panel .search-input").await?;
        world.session.type_text(&wanted.to_uppercase()).await?;
        counts(&inspector, 1, finds).await?;
        world.session.press(&[Key::Enter]).await?;
        counts(&inspector, 2, finds).await?;
        world.session.click("[data-xml=next]").await?;
        counts(&inspector, 3, finds).await?;
        world.session.click("[data-xml=previous]").await?;
        world.session.click("#panel .search-input").await?;
        world.session.chord(Key::Shift, Key::Enter).await?;
        world.session.chord(Key::Shift, Key::Enter).await?;
        counts(&inspector, finds, finds).await?;
        in_sight(&inspector, "DeveloperLong").await?;
        // A find in what is folded is unfolded.
        world.session.click("[data-xml=fold-all]").await?;
        world.session.click("[data-xml=next]").await?;
        in_sight(&inspector, wanted).await?;
        world.session.click("#panel .search-input").await?;
        world.session.type_text("xyz").await?;
        inspector.shows("that there is none", "document.querySelector('#panel .search-count').textContent === 'no match'").await?;
        world.session.press(&[Key::Escape]).await?;
        inspector.shows("no count", "document.querySelector('#panel .search-count').textContent === ''").await?;
        inspector.close().await?;
        world.finish().await?;
    }

    async fn elements_fold_and_unfold_and_the_original_is_there_to_the_letter(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        let xml = materials::xml(&world, Persona::FourRoles)?;
        inspector.read(&xml).await?;
        inspector.show("xml").await?;
        let all = lines(&inspector).await?;
        assert!(starts(&all[0].1, "samlp:Response"), "{}", all[0].1);
        assert!(all.iter().any(|(_, line)| line.contains("arn:aws:iam::") && line.contains("DeveloperLong")));

        let assertion = all.iter().position(|(_, line)| starts(line, "Assertion")).unwrap_or_default();
        world.session.click(&format!("[data-xml=fold][data-line='{assertion}']")).await?;
        let folded = lines(&inspector).await?;
        assert!(folded.len() < all.len() && !folded.iter().any(|(_, line)| line.contains("arn:aws:iam::")), "{folded:?}");
        assert_eq!(inspector.word("document.querySelector(`[data-xml=fold][aria-expanded=false]`).dataset.line").await?, assertion.to_string());
        world.session.click(&format!("[data-xml=fold][data-line='{assertion}']")).await?;
        assert_eq!(lines(&inspector).await?, all);
        world.session.click("[data-xml=fold-all]").await?;
        let shape = lines(&inspector).await?;
        assert!(shape.len() * 3 < all.len(), "the shape of the whole: {} of {}", shape.len(), all.len());
        world.session.click("[data-xml=unfold-all]").await?;
        assert_eq!(lines(&inspector).await?.len(), all.len());

        world.session.click("[data-xml=original]").await?;
        inspector.shows("the original", "document.querySelector('.xml-view').dataset.original === 'true'").await?;
        let original: String = lines(&inspector).await?.into_iter().map(|(_, line)| line).collect();
        assert_eq!(original, xml.replace('\n', ""));
        world.session.click("[data-action=xml-copy]").await?;
        inspector.shows("that it was copied", "document.querySelector('#said').textContent !== ''").await?;
        assert_eq!(world.clipboard().await?, xml);
        inspector.close().await?;
        world.finish().await?;
    }

    async fn lines_that_the_signature_covers_are_marked_and_no_others(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(&materials::xml(&world, Persona::FourRoles)?).await?;
        inspector.show("xml").await?;
        let (mut inside, mut signature) = (false, false);
        for (mark, line) in lines(&inspector).await? {
            inside |= starts(&line, "Assertion");
            signature |= starts(&line, "Signature");
            let expected = if inside && !signature { "consistent" } else { "none" };
            assert_eq!(mark.as_deref(), Some(expected), "{line}");
            signature &= line != "</Signature>";
            inside &= line != "</Assertion>";
        }
        let legend = inspector.words("[...document.querySelectorAll('.legend li')].map((one) => one.textContent)").await?;
        assert_eq!(legend, ["Signed, trust unknown", "Not covered by a signature"]);
        assert!(!inspector.is_green_anywhere().await?);
        inspector.close().await?;
        world.finish().await?;
    }

    async fn a_megabyte_of_xml_scrolls_with_few_lines_in_the_page(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        let xml = materials::with_values("https://directory.example/groups", (0..30_000).map(|number| format!("group-{number:05}")));
        assert!(xml.len() > 1_000_000);
        assert_eq!(inspector.read(&xml).await?, Read::Taken);
        inspector.show("xml").await?;
        let drawn = "document.querySelectorAll('.xml .line').length";
        inspector.shows("few lines", &format!("{drawn} > 10 && {drawn} < 150")).await?;
        world.session.click("#panel .xml").await?;
        world.session.press(&[Key::End]).await?;
        in_sight(&inspector, "</samlp:Response>").await?;
        inspector.shows("few lines", &format!("{drawn} > 10 && {drawn} < 150")).await?;
        let last = inspector.word("[...document.querySelectorAll('.xml .line')].at(-1).dataset.line").await?;
        assert!(last.parse::<usize>().is_ok_and(|last| last > 30_000), "{last}");
        world.session.press(&[Key::Char('/')]).await?;
        world.session.type_text("GROUP-15000").await?;
        counts(&inspector, 1, 1).await?;
        in_sight(&inspector, "group-15000").await?;
        inspector.close().await?;
    }
}

/// Whether a line begins an element: its attributes stand behind it, or below.
fn starts(line: &str, element: &str) -> bool {
    line.strip_prefix('<')
        .and_then(|line| line.strip_prefix(element))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '>']))
}

/// Waits until the search says which find of how many is the current one.
async fn counts(inspector: &Inspector<'_>, current: usize, all: usize) -> Result<()> {
    let said = format!("document.querySelector('#panel .search-count').textContent === '{current} of {all}'");
    inspector.shows(&format!("find {current} of {all}"), &said).await
}

/// Waits until a line with this text lies inside the view that scrolls.
async fn in_sight(inspector: &Inspector<'_>, text: &str) -> Result<()> {
    let there = format!(
        "(() => {{ const view = document.querySelector('.xml').getBoundingClientRect();
            return [...document.querySelectorAll('.xml .line')].some((line) => {{
                const {{ top, bottom }} = line.getBoundingClientRect();
                return line.textContent.includes({}) && top >= view.top - 1 && bottom <= view.bottom + 1;
            }}); }})()",
        json!(text)
    );
    inspector.shows(&format!("{text} in sight"), &there).await
}

/// Every line with the mark in its margin, read while scrolling from the first to the last.
async fn lines(inspector: &Inspector<'_>) -> Result<Vec<(Option<String>, String)>> {
    let rows = inspector.evaluate(SCROLL).await?;
    let rows = rows.as_array().into_iter().flatten();
    Ok(rows
        .map(|row| (row[0].as_str().map(str::to_owned), row[1].as_str().unwrap_or_default().to_owned()))
        .collect())
}

const SCROLL: &str = "const view = document.querySelector('.xml');
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const found = new Map();
    for (let top = 0; ; top += view.clientHeight) {
        view.scrollTop = top;
        await frame();
        for (const line of view.querySelectorAll('.line')) found.set(Number(line.dataset.line), [line.dataset.mark ?? null, line.querySelector('.line-code').textContent]);
        if (top + view.clientHeight >= view.scrollHeight) break;
    }
    view.scrollTop = 0;
    await frame();
    return [...found].sort(([a], [b]) => a - b).map(([, line]) => line);";
