//! The Findings tab: what is wrong, where it stands, what to do; and errors that people paste.

use rolecall_browser::{Inspector, World, in_both_browsers};
use rolecall_sandbox::Persona;
use serde_json::json;

use crate::materials;

in_both_browsers! {
    async fn a_finding_leads_to_its_place_in_the_xml_and_has_the_steps_of_any_provider(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        let sound = materials::xml(&world, Persona::FourRoles)?;
        let url = "Recipient=\"https://signin.aws.amazon.com/saml\"";
        assert!(sound.contains(url), "{sound}");
        inspector.read(&sound.replace(url, "Recipient=\"https://signin.example.com/saml\"")).await?;
        let codes = inspector.codes().await?;
        assert_eq!(codes.len(), 3, "the summary shows the worst: {codes:?}");
        world.session.click("[data-action=to-finding]").await?;
        inspector.shows("the tab", "document.querySelector('#panel').dataset.shown === 'findings'").await?;
        let severities = inspector.words("[...document.querySelectorAll('.finding')].map((finding) => finding.dataset.severity)").await?;
        let rank = |severity: &String| ["error", "warning", "note"].iter().position(|one| one == severity);
        assert!(severities.len() > 3 && severities.is_sorted_by_key(rank), "worst first: {severities:?}");

        let finding = ".finding[data-code='aws.recipient_not_aws']";
        let said = inspector.word(&format!("document.querySelector(\"{finding}\").innerText")).await?;
        for part in ["https://signin.example.com/saml", "SubjectConfirmationData @Recipient", "Set Reply URL to the AWS sign-in URL", "Basic SAML Configuration", "AWS documentation"] {
            assert!(said.contains(part), "{part} in {said}");
        }
        let steps = "const steps = document.querySelector('.findings-picker select'); steps.value = args[0];
            steps.dispatchEvent(new Event('change', { bubbles: true }));";
        world.session.evaluate(steps, vec![json!("okta")]).await?;
        inspector.shows("Okta's steps", &format!("document.querySelector(\"{finding}\").innerText.includes('Choose the AWS Environment')")).await?;

        world.session.click("[data-action=filter-findings][data-severity=note]").await?;
        let only = inspector.words("[...new Set([...document.querySelectorAll('.finding')].map((finding) => finding.dataset.severity))]").await?;
        assert_eq!(only, ["note"]);
        world.session.click("[data-action=filter-findings][data-severity=all]").await?;

        world.session.click(&format!("{finding} [data-action=to-xml]")).await?;
        inspector.shows("the place", "document.querySelector('.line[data-pointed]')?.textContent.includes('signin.example.com')").await?;
        assert_eq!(inspector.word("document.querySelector('#panel').dataset.shown").await?, "xml");
        assert_eq!(inspector.word("document.activeElement.className").await?, "xml", "the keys scroll the XML");
        inspector.close().await?;
        world.finish().await?;
    }

    async fn a_pasted_error_is_explained_with_the_cause_in_the_message_that_is_shown(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        let explain = "document.querySelector('#error-text').value = args[0]; document.querySelector('[data-focus=explain]').click();";
        world.session.evaluate(explain, vec![json!("Error AADSTS50105: the signed in user is not assigned to a role for the application")]).await?;
        inspector.shows("the error", "document.querySelector('.explained')?.dataset.code === 'entra.50105'").await?;
        let links = inspector.words("[...document.querySelectorAll('.explained a')].map((link) => link.href)").await?;
        assert!(links.contains(&String::from("https://login.microsoftonline.com/error?code=50105")), "{links:?}");
        assert!(links.iter().any(|link| link.starts_with("https://learn.microsoft.com/")), "{links:?}");
        world.session.evaluate(explain, vec![json!("the cat sat on the mat")]).await?;
        inspector.shows("that it is none", "document.querySelector('.explained')?.dataset.code === ''").await?;

        let sound = materials::xml(&world, Persona::FourRoles)?;
        assert!(sound.contains("NameID"), "{sound}");
        inspector.read(&sound.replace("NameID", "Nobody")).await?;
        inspector.show("findings").await?;
        world.session.evaluate(explain, vec![json!("An error occurred (AccessDenied) when calling the AssumeRoleWithSAML operation: Not authorized to perform sts:AssumeRoleWithSAML")]).await?;
        inspector.shows("the cause", "document.querySelector('.explained-causes li')?.dataset.code === 'aws.no_name_id'").await?;
        world.session.click(".explained-causes button").await?;
        assert_eq!(inspector.word("document.activeElement.dataset.code").await?, "aws.no_name_id");
        inspector.close().await?;
        world.finish().await?;
    }

    async fn the_summary_says_how_the_person_signed_in_and_how_aws_can_ask_for_a_second_factor(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(&materials::xml(&world, Persona::FourRoles)?).await?;
        let said = inspector.word("document.querySelector('.signed-in-sentence').textContent").await?;
        assert!(said.starts_with("Signed in ") && said.contains("Microsoft Entra ID (tenant "), "{said}");
        world.session.click(".require-mfa summary").await?;
        let policy = inspector.word("document.querySelector('.require-mfa .command pre').innerText").await?;
        assert!(policy.contains("aws:RequestTag/MFA") && policy.contains(&Persona::FourRoles.roles()[0].provider_arn), "{policy}");
        inspector.close().await?;
        world.finish().await?;
    }
}
