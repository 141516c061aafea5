//! What was copied, read by botocore as AWS's documentation says, and taken by moto.

use rolecall_browser::{Copied, DriveError, Popup, Result, Setup, World, in_both_browsers};
use rolecall_sandbox::Persona;

in_both_browsers! {
    async fn botocore_takes_each_form_of_the_credentials_and_moto_knows_whose_they_are(browser: Browser) {
        let world = World::with(browser, Setup { moto: true, ..Setup::default() }).await?;
        world.sign_in(Persona::OneRole).await?;
        let popup = world.open_popup().await?;
        let role = popup.roles().await?.remove(0);
        let expected = format!(
            "arn:aws:sts::{}:assumed-role/{}/{}",
            role.account,
            role.name,
            Persona::OneRole.session_name()
        );
        for (format, script) in [("env", as_variables as fn(&str) -> String), ("profile", as_profile), ("process", as_process)] {
            let copied = copied_as(&world, &popup, &role.arn, format).await?;
            let caller = world.caller_identity(&script(&copied)).map_err(|error| error.during(format))?;
            assert_eq!(caller, expected, "{format}");
        }
        popup.close().await?;
        world.finish().await?;
    }
}

async fn copied_as(world: &World, popup: &Popup<'_>, arn: &str, format: &str) -> Result<String> {
    match popup.copy_by_menu(arn, &format!("format:{format}")).await? {
        Copied::Done { .. } => world.clipboard().await,
        failed => Err(DriveError::new(format!("{format}: {failed:?}"))),
    }
}

/// A shell in which the text was pasted.
fn as_variables(copied: &str) -> String {
    copied.to_owned()
}

/// A shell whose user added the text to the credentials file, and names the profile by its first line.
fn as_profile(copied: &str) -> String {
    let name = copied.lines().next().unwrap_or_default().trim_matches(['[', ']']);
    format!(
        "mkdir \"$HOME/.aws\"\ncat >\"$HOME/.aws/credentials\" <<'END'\n{copied}\nEND\nexport AWS_PROFILE='{name}' {REGION}"
    )
}

/// A shell whose user has a profile with a program that prints the text.
fn as_process(copied: &str) -> String {
    format!(
        "mkdir \"$HOME/.aws\"\ncat >\"$HOME/.aws/keys.json\" <<'END'\n{copied}\nEND\n\
         printf '[profile rolecall]\\ncredential_process = cat \"%s\"\\n' \"$HOME/.aws/keys.json\" >\"$HOME/.aws/config\"\n\
         export AWS_PROFILE=rolecall {REGION}"
    )
}

/// Neither form is bound to carry a region.
const REGION: &str = "AWS_DEFAULT_REGION=eu-west-1";
