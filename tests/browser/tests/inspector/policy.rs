//! The Trust policy tab: what a role's policy says to the sign-in, and one that is written for it.

use rolecall_browser::{Inspector, Key, Result, World, in_both_browsers};
use rolecall_sandbox::Persona;
use serde_json::{Value, json};

use crate::looks::hold_to_axe;
use crate::materials::{self, AUTHN_REQUEST, fixture};

in_both_browsers! {
    async fn a_policy_that_lets_the_sign_in_in_says_so_with_the_values_it_compared(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(&materials::xml(&world, Persona::FourRoles)?).await?;
        inspector.show("policy").await?;
        let roles = inspector.words("[...document.querySelectorAll('#policy-role option')].map((option) => option.textContent)").await?;
        assert_eq!(roles.len(), 5, "four roles and another: {roles:?}");
        let provider = Persona::FourRoles.roles()[0].provider_arn.clone();
        paste(&inspector, &policy(&provider, &json!({ "StringEquals": { "SAML:aud": ACS } }))).await?;
        outcome(&inspector, "allowed").await?;
        let row = inspector.word("document.querySelector('tr[data-key=\"SAML:aud\"]').innerText").await?;
        assert!(row.matches(ACS).count() == 2 && row.contains("StringEquals") && row.contains("met"), "{row}");
        assert!(!inspector.is_green_anywhere().await?, "green is for what is genuine");
        hold_to_axe(&inspector, "allowed").await?;

        // The role of another account trusts another provider.
        inspector.evaluate("const choice = document.querySelector('#policy-role'); choice.value = '2'; choice.dispatchEvent(new Event('change', { bubbles: true }));").await?;
        outcome(&inspector, "refused").await?;
        let text = verdict(&inspector).await?;
        assert!(text.contains("statement 1 is not about this sign-in’s SAML provider") && text.contains(&provider), "{text}");
        inspector.close().await?;
        world.finish().await?;
    }

    async fn a_refusal_names_the_statement_the_condition_and_what_would_meet_it(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(&materials::xml(&world, Persona::FourRoles)?).await?;
        inspector.show("policy").await?;
        let provider = Persona::FourRoles.roles()[0].provider_arn.clone();
        paste(&inspector, &policy(&provider, &json!({ "StringEquals": { "SAML:aud": "https://eu-west-1.signin.aws.amazon.com/saml" } }))).await?;
        outcome(&inspector, "refused").await?;
        let text = verdict(&inspector).await?;
        for part in ["Refused: in statement 1, the condition StringEquals on SAML:aud is not met.", "It is met when SAML:aud is “https://eu-west-1.signin.aws.amazon.com/saml”."] {
            assert!(text.contains(part), "{text}");
        }
        hold_to_axe(&inspector, "refused").await?;
        paste(&inspector, &policy(&provider, &json!({ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } }))).await?;
        outcome(&inspector, "unknown").await?;
        inspector.shows("whose knowledge it is", "document.querySelector('tr[data-key=\"aws:SourceIp\"] .policy-aws') !== null").await?;
        hold_to_axe(&inspector, "unknown").await?;
        inspector.close().await?;
        world.finish().await?;
    }

    async fn a_policy_that_is_none_is_shown_where_it_is_wrong(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(&materials::xml(&world, Persona::FourRoles)?).await?;
        let provider = Persona::FourRoles.roles()[0].provider_arn.clone();
        let wrong = policy(&provider, &json!({})).replace("\"Allow\"", "\"allow\"");
        inspector.evaluate("document.querySelector('#paste-failure').replaceChildren()").await?;
        // Dropped on whatever tab is shown, it goes where it belongs.
        let drop = "const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([args[0]], 'policy.json'));
            for (const type of ['dragenter', 'dragover', 'drop']) document.querySelector('#main').dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));";
        world.session.evaluate(drop, vec![Value::from(wrong)]).await?;
        outcome(&inspector, "invalid").await?;
        let selected = "(() => { const box = document.querySelector('#policy-text'); return box.value.slice(box.selectionStart, box.selectionEnd); })()";
        inspector.shows("the place selected", &format!("{selected} === '\"allow\"' && document.activeElement.id === 'policy-text'")).await?;
        assert_eq!(inspector.word("document.querySelector('.policy-spot .link').textContent").await?, "Line 5, column 15");
        assert_eq!(inspector.word("document.querySelector('.policy-line mark').textContent").await?, "\"allow\"");
        assert_eq!(inspector.word("document.querySelector('#policy-text').getAttribute('aria-invalid')").await?, "true");
        hold_to_axe(&inspector, "invalid").await?;
        // Typed right, it is read without a button.
        world.session.type_text("\"Allow\"").await?;
        outcome(&inspector, "allowed").await?;
        inspector.close().await?;
        world.finish().await?;
    }

    async fn the_answer_of_iam_is_taken_and_what_was_pasted_stays_with_its_item(browser: Browser) {
        let mut world = World::start(browser).await?;
        let sid = "NowhereButInThePagesMemory";
        world.look_for("trust policy", sid);
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(AUTHN_REQUEST).await?;
        inspector.show("policy").await?;
        inspector.shows("that it is no response", "document.querySelector('#panel .blank') !== null").await?;
        inspector.read(&materials::xml(&world, Persona::FourRoles)?).await?;
        inspector.show("policy").await?;
        let provider = Persona::FourRoles.roles()[0].provider_arn.clone();
        let inner = policy(&provider, &json!({})).replace("People", sid);
        let encoded: String = url::form_urlencoded::byte_serialize(inner.as_bytes()).collect();
        let answer = format!("<GetRoleResponse><GetRoleResult><Role><AssumeRolePolicyDocument>{}</AssumeRolePolicyDocument></Role></GetRoleResult></GetRoleResponse>", encoded.replace('+', "%20"));
        paste(&inspector, &answer).await?;
        outcome(&inspector, "allowed").await?;
        assert_eq!(inspector.word("document.querySelector('#policy-text').value").await?, inner, "decoded");

        world.session.click("#list .entry:not([aria-selected=true])").await?;
        inspector.shows("the request", "document.querySelector('#panel .blank') !== null").await?;
        world.session.click("#list .entry:not([aria-selected=true])").await?;
        outcome(&inspector, "allowed").await?;
        world.session.click("[data-policy=clear]").await?;
        inspector.shows("an empty box", "document.querySelector('#policy-text').value === '' && document.querySelector('#policy-result').childElementCount === 0").await?;
        inspector.close().await?;
        world.finish().await?;
    }

    async fn a_policy_is_written_copied_and_checked(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(&materials::xml(&world, Persona::Scripts)?).await?;
        inspector.show("policy").await?;
        world.session.click("[data-mode=write]").await?;
        inspector.shows("the policy", "document.querySelector('#policy-code') !== null").await?;
        assert_eq!(inspector.word("document.querySelector('#policy-tagKeys').value").await?, "Team", "what the sign-in sends");
        hold_to_axe(&inspector, "the form").await?;
        world.session.click("[data-form=audience][value=pattern]").await?;
        inspector.shows("the wildcard", "document.querySelector('#policy-code').textContent.includes('https://*.signin.aws.amazon.com/saml')").await?;
        world.session.click("[data-form=mfa]").await?;
        inspector.shows("the tag", "document.querySelector('#policy-code').textContent.includes('aws:RequestTag/MFA')").await?;
        assert_eq!(inspector.word("document.activeElement.dataset.form").await?, "mfa", "the focus stays");
        hold_to_axe(&inspector, "a condition").await?;
        for (format, part) in [
            ("cli_update", "aws iam update-assume-role-policy"),
            ("cli_create", "aws iam create-role"),
            ("cloud_formation", "AWS::IAM::Role"),
            ("terraform", "jsonencode("),
            ("terraform_document", "data \"aws_iam_policy_document\""),
            ("json", "\"Version\": \"2012-10-17\""),
        ] {
            world.session.click(&format!("[data-format={format}]")).await?;
            inspector.shows(format, &format!("document.querySelector('#policy-code').textContent.includes({})", json!(part))).await?;
            inspector.evaluate("document.querySelector('#said').replaceChildren()").await?;
            world.session.click("[data-policy=copy]").await?;
            inspector.shows("that it was copied", "document.querySelector('#said').textContent !== ''").await?;
            assert_eq!(world.clipboard().await?, inspector.word("document.querySelector('#policy-code').textContent").await?, "{format}");
        }
        world.session.click("[data-policy=try]").await?;
        outcome(&inspector, "refused").await?;
        assert!(verdict(&inspector).await?.contains("aws:RequestTag/MFA"), "this sign-in sends no such tag");
        world.session.click("[data-mode=write]").await?;
        world.session.click("[data-form=mfa]").await?;
        inspector.shows("no tag", "!document.querySelector('#policy-code').textContent.includes('aws:RequestTag/MFA')").await?;
        world.session.click("[data-policy=try]").await?;
        outcome(&inspector, "allowed").await?;
        inspector.close().await?;
        world.finish().await?;
    }

    async fn typed_roles_regions_and_refused_wishes_are_worked_by_keyboard_alone(browser: Browser) {
        let world = World::start(browser).await?;
        let inspector = Inspector::open(&world.session).await?;
        inspector.read(&fixture("encryption/xmlsec1-aes256-gcm.xml")?).await?;
        inspector.show("policy").await?;
        let press = async |keys: &[Key]| world.session.press(keys).await;
        focus(&inspector, "policy-role").await?;
        world.session.type_text("arn:aws:iam::111122223333:role/Dev").await?;
        press(&[Key::Tab]).await?;
        world.session.type_text("no provider").await?;
        inspector.shows("why not", "document.querySelector('#policy-pair-failure .failure')?.dataset.code === 'policy.not_a_provider'").await?;
        hold_to_axe(&inspector, "no provider").await?;
        world.session.chord(Key::Control, Key::Char('a')).await?;
        world.session.type_text("arn:aws:iam::111122223333:saml-provider/Idp").await?;
        inspector.shows("no failure", "document.querySelector('#policy-pair-failure').childElementCount === 0").await?;
        press(&[Key::Tab]).await?;
        inspector.shows("the choice", "document.activeElement.matches('[data-mode=check]')").await?;
        press(&[Key::Tab]).await?;
        world.session.type_text(&compact(&policy("arn:aws:iam::111122223333:saml-provider/Idp", &json!({ "StringEquals": { "SAML:aud": ACS } })))).await?;
        outcome(&inspector, "unknown").await?;
        assert!(verdict(&inspector).await?.contains("encrypted"), "{}", verdict(&inspector).await?);
        hold_to_axe(&inspector, "an encrypted assertion").await?;

        // Backwards: past its last stop, Tab would leave the page for the browser's own buttons.
        world.session.chord(Key::Shift, Key::Tab).await?;
        inspector.shows("the choice again", "document.activeElement.matches('[data-mode=check]')").await?;
        press(&[Key::Right]).await?;
        inspector.shows("the form, and the focus on the choice", "document.querySelector('#policy-code') !== null && document.activeElement.matches('[data-mode=write]')").await?;
        press(&[Key::Tab]).await?;
        inspector.shows("the endpoints", "document.activeElement.matches('[value=all]')").await?;
        press(&[Key::Down]).await?;
        inspector.shows("the regions", "document.querySelectorAll('.policy-regions input').length > 20 && document.activeElement.matches('[data-form=audience][value=regions]')").await?;
        focus(&inspector, "region-us-east-1").await?;
        press(&[Key::Char(' ')]).await?;
        inspector.shows("that a region is needed", "document.querySelector('#policy-output .failure')?.dataset.code === 'policy.wish_no_region' && document.activeElement.value === 'us-east-1'").await?;
        press(&[Key::Char(' ')]).await?;
        inspector.shows("the policy again", "document.querySelector('#policy-code') !== null").await?;
        inspector.close().await?;
        world.finish().await?;
    }
}

async fn paste(inspector: &Inspector<'_>, text: &str) -> Result<()> {
    let paste = "const box = document.querySelector('#policy-text');
        box.value = args[0];
        document.querySelector('#policy-result').replaceChildren();
        box.dispatchEvent(new Event('input', { bubbles: true }));";
    inspector.session().evaluate(paste, vec![Value::from(text)]).await.map(|_done| ())
}

async fn outcome(inspector: &Inspector<'_>, outcome: &str) -> Result<()> {
    let condition =
        format!("document.querySelector('#policy-result .verdict')?.dataset.outcome === '{outcome}'");
    inspector.shows(outcome, &condition).await
}

async fn verdict(inspector: &Inspector<'_>) -> Result<String> {
    inspector.word("document.querySelector('#policy-result .verdict').innerText").await
}

/// Presses Tab until the focus is on the part of this name.
async fn focus(inspector: &Inspector<'_>, part: &str) -> Result<()> {
    let there = format!("return document.activeElement.dataset.focus === '{part}'");
    for _ in 0..STOPS {
        if inspector.evaluate(&there).await? == true {
            return Ok(());
        }
        inspector.session().press(&[Key::Tab]).await?;
    }
    Err(rolecall_browser::DriveError::new(format!("Tab does not reach {part}")))
}

/// A policy of one statement, in lines.
fn policy(provider: &str, condition: &Value) -> String {
    format!(
        "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [{{\n    \"Sid\": \"People\",\n    \"Effect\": \"Allow\",\n    \
         \"Principal\": {{ \"Federated\": \"{provider}\" }},\n    \"Action\": [\"sts:AssumeRoleWithSAML\", \"sts:TagSession\"],\n    \
         \"Condition\": {condition}\n  }}]\n}}\n"
    )
}

/// On one line: a line end that is typed would be followed by a form's own.
fn compact(text: &str) -> String {
    text.replace('\n', " ")
}

const ACS: &str = "https://signin.aws.amazon.com/saml";

/// More than lie between any two places of the tab.
const STOPS: usize = 90;
