//! A sign-in by an identity provider whose responses no one here wrote.

use rolecall_browser::{Copied, ForeignProvider, Setup, World, in_both_browsers};

in_both_browsers! {
    async fn a_sign_in_through_samlp_lists_its_role_and_its_credentials_can_be_copied(browser: Browser) {
        let provider = ForeignProvider::start().await?;
        let world = World::with(browser, Setup { sandbox: provider.options(), ..Setup::default() }).await?;
        world.session.goto(ForeignProvider::URL).await?;
        world.session.click("#sign-in").await?;
        world.arrive().await?;

        let popup = world.open_popup().await?;
        let roles = popup.roles().await?;
        let listed: Vec<_> = roles.iter().map(|role| (role.account.as_str(), role.name.as_str())).collect();
        assert_eq!(listed, [("222233334444", "research/Compiler")]);
        assert_eq!(popup.identity().await?, "grace.hopper@example.com");
        assert_eq!(popup.notices().await?, [""; 0], "nothing about it is odd");

        // The sandbox's STS checks the signature with the certificate of the provider.
        assert_eq!(popup.copy(&roles[0].arn).await?, Copied::Done { reused: false });
        let caller = world.caller_identity(&world.clipboard().await?)?;
        assert_eq!(caller, "arn:aws:sts::222233334444:assumed-role/Compiler/grace.hopper@example.com");
        world.finish().await?;
    }
}
