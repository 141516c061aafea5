//! The Compare tab: why one gets in and the other does not.

use rolecall_browser::{Inspector, World, in_both_browsers};
use rolecall_sandbox::Persona;

use crate::materials;

in_both_browsers! {
    async fn two_messages_are_compared_and_what_differs_stands_first(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(&materials::xml(&world, Persona::FourRoles)?).await?;
        inspector.show("compare").await?;
        assert_eq!(inspector.words("[...document.querySelectorAll('#panel select')].map((one) => one.value)").await?, [""; 0], "one alone");
        inspector.read(&materials::xml(&world, Persona::Encrypted)?).await?;
        inspector.read(&materials::xml(&world, Persona::IdentityCenter)?).await?;
        inspector.show("compare").await?;
        let rows = "document.querySelectorAll('#compared tbody tr[data-same]')";
        inspector.shows("the comparison", &format!("{rows}.length > 0")).await?;
        // With the response of the same provider for somebody with other roles.
        let choose = "const select = document.querySelector('[data-side=right]');
            select.value = [...select.options].find((option) => option.textContent.includes('4 roles')).value;
            select.dispatchEvent(new Event('change', { bubbles: true }));";
        inspector.evaluate(choose).await?;
        inspector.shows("its roles", "document.querySelector('#compared').textContent.includes('DeveloperLong')").await?;
        let differing = inspector.words(&format!("[...{rows}].map((row) => row.dataset.same)")).await?;
        assert!(differing.iter().all(|same| same == "false"), "only differences at first: {differing:?}");
        let only = "[...document.querySelectorAll('#compared [data-only=true]')].map((value) => value.textContent)";
        let only = inspector.words(only).await?;
        for role in Persona::FourRoles.roles() {
            assert!(only.iter().any(|value| value.contains(&role.role_arn)), "{} is not in {only:?}", role.role_arn);
        }

        world.session.click("[data-action=only-differences]").await?;
        inspector.shows("what is the same", &format!("{rows}.length > {}", differing.len())).await?;
        let all = inspector.words(&format!("[...{rows}].map((row) => row.dataset.same)")).await?;
        assert_eq!(all.iter().filter(|same| *same == "false").count(), differing.len());
        assert_eq!(all.first().map(String::as_str), Some("false"), "{all:?}");
        let sections = "return [...document.querySelectorAll('#compared tbody')].every((section) => {
            const same = [...section.querySelectorAll('tr[data-same]')].map((row) => row.dataset.same);
            return same.every((one, at) => at === 0 || same[at - 1] <= one); })";
        assert_eq!(inspector.evaluate(sections).await?, true, "in each section what differs first");
        inspector.close().await?;
        world.finish().await?;
    }

    async fn the_same_person_twice_differs_in_times_and_ids_alone(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        for _ in 0..2 {
            inspector.read(&materials::xml(&world, Persona::FourRoles)?).await?;
        }
        inspector.show("compare").await?;
        inspector.shows("the comparison", "document.querySelector('#compared .compare-count') !== null").await?;
        let telling = "[...document.querySelectorAll('#compared tr[data-same=false][data-volatile=false] th')].map((row) => row.textContent)";
        assert_eq!(inspector.words(telling).await?, [""; 0]);
        inspector.close().await?;
        world.finish().await?;
    }
}
