//! The Claims tab: AWS's attributes first, every value within reach.

use rolecall_browser::{Inspector, World, in_both_browsers};
use rolecall_sandbox::Persona;

use crate::materials;

const GROUPS: &str = "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups";

in_both_browsers! {
    async fn attributes_of_aws_stand_first_and_well_known_ones_have_a_name(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(&materials::xml(&world, Persona::FourRoles)?).await?;
        inspector.show("claims").await?;
        let aws = inspector.words("[...document.querySelectorAll('.claim')].map((claim) => claim.dataset.aws)").await?;
        assert!(aws.contains(&String::from("true")) && aws.contains(&String::from("false")), "{aws:?}");
        assert!(aws.is_sorted_by(|a, b| a >= b), "AWS's first: {aws:?}");
        let roles = inspector.words("[...document.querySelectorAll(\".claim[data-name$='/Role'] .value\")].map((value) => value.textContent)").await?;
        assert_eq!(roles.len(), 4);
        let tenant = "document.querySelector(\".claim[data-name$='/tenantid'] .claim-friendly\").textContent";
        assert_eq!(inspector.word(tenant).await?, "Tenant ID");
        inspector.close().await?;
        world.finish().await?;
    }

    async fn each_of_five_thousand_groups_can_be_seen_filtered_and_copied(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(&materials::with_values(GROUPS, (0..5000).map(|number| format!("group-{number:04}")))).await?;
        inspector.show("claims").await?;
        assert_eq!(inspector.word("document.querySelector('.claim').dataset.aws").await?, "true", "though it stands last in the message");
        let drawn = format!("document.querySelectorAll(\".claim[data-name='{GROUPS}'] .value\").length");
        inspector.shows("the first values", &format!("{drawn} > 10 && {drawn} < 200")).await?;
        world.session.click("[data-what=all]").await?;
        inspector.shows("all values", &format!("{drawn} === 5000")).await?;
        let last = "(() => { const last = [...document.querySelectorAll('.value')].at(-1); last.scrollIntoView();
            return last.textContent === 'group-4999' && last.getBoundingClientRect().height > 0; })()";
        inspector.shows("the last value", last).await?;

        world.session.evaluate("document.querySelector('#main').scrollTop = 0", Vec::new()).await?;
        world.session.click("#panel .search-input").await?;
        world.session.type_text("GROUP-321").await?;
        inspector.shows("ten values", &format!("{drawn} === 10")).await?;
        inspector.shows("one claim", "document.querySelectorAll('.claim').length === 1").await?;
        world.session.type_text("x").await?;
        inspector.shows("that there is none", "document.querySelector('#claims .blank') !== null").await?;
        // The button copies all of them, whatever the filter leaves.
        world.session.evaluate("const input = document.querySelector('#panel .search-input'); input.value = 'group-3210'; input.dispatchEvent(new Event('input', { bubbles: true }));", Vec::new()).await?;
        inspector.shows("one value", &format!("{drawn} === 1")).await?;
        world.session.click("[data-what=copy]").await?;
        inspector.shows("that they were copied", "document.querySelector('#said').textContent.includes('5,000')").await?;
        let copied = world.clipboard().await?;
        let values: Vec<&str> = copied.lines().collect();
        assert_eq!((values.len(), values[0], values[4999]), (5000, "group-0000", "group-4999"));
        inspector.close().await?;
    }
}
