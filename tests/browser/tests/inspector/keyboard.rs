//! Everything without a mouse.

use rolecall_browser::{DriveError, Inspector, Key, Result, World, in_both_browsers};
use rolecall_sandbox::Persona;

use crate::materials::{self, AUTHN_REQUEST};

in_both_browsers! {
    async fn the_list_the_tabs_the_search_and_the_help_are_worked_by_keyboard_alone(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(AUTHN_REQUEST).await?;
        inspector.read(&materials::xml(&world, Persona::FourRoles)?).await?;
        let press = async |keys: &[Key]| world.session.press(keys).await;

        tab_to(&inspector, "entry").await?;
        press(&[Key::Down]).await?;
        inspector.becomes("unsigned").await?;
        inspector.shows("the focus on it", "document.activeElement.matches('.entry[aria-selected=true]')").await?;
        press(&[Key::Home]).await?;
        inspector.becomes("consistent").await?;

        tab_to(&inspector, "tab").await?;
        press(&[Key::Right]).await?;
        inspector.shows("the findings", "document.querySelector('#panel').dataset.shown === 'findings'").await?;
        press(&[Key::Right]).await?;
        inspector.shows("the claims", "document.querySelector('#panel').dataset.shown === 'claims'").await?;
        press(&[Key::Char('/')]).await?;
        inspector.shows("the filter", "document.activeElement.matches('#panel .search-input')").await?;
        world.session.type_text("role/?").await?;
        assert_eq!(inspector.word("document.querySelector('#panel .search-input').value").await?, "role/?", "typed, not obeyed");
        tab_back_to(&inspector, "tab").await?;
        press(&[Key::Right]).await?;
        inspector.shows("the XML", "document.querySelector('#panel').dataset.shown === 'xml'").await?;
        world.session.chord(Key::Control, Key::Char('f')).await?;
        inspector.shows("the search", "document.activeElement.matches('#panel .search-input')").await?;
        world.session.type_text("saml-provider").await?;
        press(&[Key::Enter]).await?;
        inspector.shows("the second find", "document.querySelector('.search-count').textContent.startsWith('2 of ')").await?;
        press(&[Key::Escape]).await?;
        inspector.shows("an empty search", "document.querySelector('#panel .search-input').value === ''").await?;
        tab_to(&inspector, "fold").await?;
        press(&[Key::Enter]).await?;
        inspector.shows("a folded line, with the focus still there", "document.activeElement.matches('.fold[aria-expanded=false]')").await?;

        press(&[Key::Char('?')]).await?;
        world.session.wait_for("#keys-dialog[open]").await?;
        press(&[Key::Escape]).await?;
        inspector.shows("no dialog, and the focus where it was", "document.querySelector('dialog') === null && document.activeElement.matches('.fold')").await?;

        tab_back_to(&inspector, "entry").await?;
        press(&[Key::Delete]).await?;
        inspector.shows("one left", "document.querySelectorAll('#list .entry').length === 1").await?;
        inspector.becomes("unsigned").await?;
        inspector.close().await?;
        world.finish().await?;
    }

    async fn the_end_of_the_tabs_is_a_key_away_and_the_focus_follows(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(&materials::xml(&world, Persona::FourRoles)?).await?;
        tab_to(&inspector, "tab").await?;
        for (key, tab) in [(Key::End, "compare"), (Key::Left, "share"), (Key::Home, "summary"), (Key::Left, "summary")] {
            world.session.press(&[key]).await?;
            inspector.shows(tab, &format!("document.querySelector('#panel').dataset.shown === '{tab}' && document.activeElement.id === 'tab-{tab}'")).await?;
        }
        let reached = "[...document.querySelectorAll('[role=tab]')].filter((tab) => tab.tabIndex === 0).map((tab) => tab.dataset.tab)";
        assert_eq!(inspector.words(reached).await?, ["summary"], "one stop for Tab");
        inspector.close().await?;
        world.finish().await?;
    }
}

/// Presses Tab until the focus is on an element of this class.
async fn tab_to(inspector: &Inspector<'_>, class: &str) -> Result<()> {
    step_to(inspector, class, async || inspector.session().press(&[Key::Tab]).await).await
}

/// The same backwards: past its last stop, Tab would leave the page for the browser's own buttons.
async fn tab_back_to(inspector: &Inspector<'_>, class: &str) -> Result<()> {
    step_to(inspector, class, async || inspector.session().chord(Key::Shift, Key::Tab).await).await
}

async fn step_to(inspector: &Inspector<'_>, class: &str, step: impl AsyncFn() -> Result<()>) -> Result<()> {
    for _ in 0..STOPS {
        let there = format!("return document.activeElement.classList.contains('{class}')");
        if inspector.evaluate(&there).await? == true {
            return Ok(());
        }
        step().await?;
    }
    Err(DriveError::new(format!("Tab does not reach .{class}")))
}

/// More than lie between any two places of a tab.
const STOPS: usize = 60;
