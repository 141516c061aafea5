//! Everything one scenario needs: the sandbox, a browser with the built extension, moto where it is asked for; and the search of the
//! disk at the end.

use std::collections::BTreeSet;

use rolecall_sandbox::{Options, Persona, Sandbox};
use serde_json::{Value, json};

use crate::{
    Browser, DriveError, Hit, Launch, Moto, Needle, Popup, Result, Session, eventually, moto, tools,
};

/// What a scenario's world is to be like.
#[derive(Debug, Default)]
pub struct Setup {
    /// The sandbox's own options; `sts_upstream` is moto's where there is one.
    pub sandbox: Options,
    /// moto issues the credentials and answers `GetCallerIdentity`.
    pub moto: bool,
    /// The extension may see private windows.
    pub private_allowed: bool,
    /// The person has allowed the hosts of IAM and CloudTrail.
    pub calls_allowed: bool,
    /// The browser has a window that a person can see.
    pub window: bool,
    /// A control run: the same browser without the extension.
    pub without_extension: bool,
}

/// A running world.
pub struct World {
    /// The identity provider and AWS.
    pub sandbox: Sandbox,
    /// The browser.
    pub session: Session,
    has_extension: bool,
    responses: BTreeSet<String>,
    secrets: Vec<Needle>,
    _moto: Option<Moto>,
}

impl World {
    /// The usual world: the sandbox plays everything.
    pub async fn start(browser: Browser) -> Result<Self> {
        Self::with(browser, Setup::default()).await
    }

    /// A world made to measure.
    pub async fn with(browser: Browser, mut setup: Setup) -> Result<Self> {
        let moto = if setup.moto { Some(Moto::start().await?) } else { None };
        if let Some(moto) = &moto {
            setup.sandbox.sts_upstream = Some(moto.address());
        }
        let sandbox = Sandbox::start(setup.sandbox)?;
        let mut launch = Launch::behind(sandbox.proxy_addr());
        launch.certificate_key = Some(sandbox.leaf_spki_sha256_base64());
        launch.private_allowed = setup.private_allowed;
        launch.calls_allowed = setup.calls_allowed;
        launch.headless = !setup.window;
        launch.extension = (!setup.without_extension).then(|| tools::dist(browser));
        let session = Session::start(browser, launch).await?;
        let has_extension = !setup.without_extension;
        Ok(Self {
            sandbox,
            session,
            has_extension,
            responses: BTreeSet::new(),
            secrets: Vec::new(),
            _moto: moto,
        })
    }

    /// Signs the persona in, in the current tab, and waits for AWS's next page: the console, the role picker or the refusal.
    pub async fn sign_in(&self, persona: Persona) -> Result<()> {
        let address = format!("{}sign-in/{}", self.sandbox.idp_url(), persona.slug());
        self.session.goto(&address).await?;
        self.arrive().await
    }

    /// Waits until the current tab shows a page of AWS.
    pub async fn arrive(&self) -> Result<()> {
        self.arrived("AWS's page", |url| url.contains("amazon") && url.starts_with("https://")).await
    }

    /// Picks a role on AWS's own page and waits for the console.
    pub async fn pick_role(&self, role_arn: &str) -> Result<()> {
        self.session.click(&format!("input[value='{role_arn}']")).await?;
        self.session.click("#signin_button").await?;
        self.arrived("the console", |url| url.contains("console.")).await
    }

    /// Opens the popup in a tab of its own size.
    pub async fn open_popup(&self) -> Result<Popup<'_>> {
        Popup::open(&self.session).await
    }

    /// The text on the clipboard.
    pub async fn clipboard(&self) -> Result<String> {
        self.session.paste_clipboard().await
    }

    /// Runs what was copied in bash and asks STS, with botocore, who that is. Gives the ARN.
    pub fn caller_identity(&self, copied: &str) -> Result<String> {
        moto::caller_identity(copied, self.sandbox.proxy_addr(), self.sandbox.ca_pem())
    }

    /// Quits the browser and starts it again; what it held in memory is still looked for at the end.
    pub async fn restart(&mut self) -> Result<()> {
        self.remember_responses().await?;
        self.session.restart().await
    }

    /// Ends the scenario: closes the browser and searches its disk. An error names the file that holds a secret; a SAML response may
    /// stand where the browser itself keeps the POST of a tab, see [`own_places`].
    pub async fn finish(mut self) -> Result<()> {
        self.remember_responses().await?;
        let browser = self.session.browser();
        let stray: Vec<Hit> = self.search_disk().await?;
        let own = own_places(browser);
        let stray = stray
            .into_iter()
            .filter(|hit| hit.needle != RESPONSE || !own.iter().any(|place| hit.file.starts_with(place)));
        let stray: Vec<String> =
            stray.map(|hit| format!("{} in {} as {}", hit.needle, hit.file.display(), hit.form)).collect();
        if stray.is_empty() {
            Ok(())
        } else {
            Err(DriveError::new(format!("left on disk: {}", stray.join("; "))))
        }
    }

    /// Closes the browser and gives every place where a secret key, a session token or a SAML response stands.
    pub async fn search_disk(&mut self) -> Result<Vec<Hit>> {
        let mut needles: Vec<Needle> =
            self.responses.iter().map(|response| Needle::new(RESPONSE, response.as_str())).collect();
        needles.extend(self.secrets.iter().cloned());
        for issued in self.sandbox.issued() {
            needles.push(Needle::new("secret access key", issued.secret_access_key));
            needles.push(Needle::new("session token", issued.session_token));
        }
        self.session.search_disk(&needles).await
    }

    /// Looks for this SAML response too, where the extension did not see it.
    pub fn look_for_response(&mut self, response: &str) {
        self.responses.insert(response.to_owned());
    }

    /// Looks for this too; nowhere on the disk is a place for it. `name` says what it is, so that a failure need not print it.
    pub fn look_for(&mut self, name: &str, secret: &str) {
        self.secrets.push(Needle::new(name, secret));
    }

    /// The responses that the extension holds now.
    async fn remember_responses(&mut self) -> Result<()> {
        if !self.has_extension || self.session.client().is_err() {
            return Ok(());
        }
        let storage = self.session.session_storage().await?;
        for stored in storage.as_object().into_iter().flat_map(serde_json::Map::values) {
            let fields = stored.pointer("/captured/form/SAMLResponse").and_then(Value::as_array);
            let fields = fields.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
            let pasted = stored.pointer("/captured/pasted").and_then(Value::as_str).map(str::to_owned);
            self.responses.extend(fields.chain(pasted));
        }
        Ok(())
    }

    async fn arrived(&self, what: &str, there: impl Fn(&str) -> bool) -> Result<()> {
        eventually(what, async || {
            let url = self.session.url().await?;
            let loaded =
                self.session.evaluate("return document.readyState", Vec::new()).await? == json!("complete");
            if loaded && there(&url) { Ok(Some(())) } else { Err(DriveError::new(url)) }
        })
        .await
    }
}

/// Where the browser itself, with no extension, keeps what a tab posted: its session restore. Chromium keeps the POST; Firefox keeps
/// the hidden fields of AWS's role page once a role is chosen there. A control run in `tests/main_job.rs` shows both.
pub fn own_places(browser: Browser) -> &'static [&'static str] {
    match browser {
        Browser::Chromium => &["profile/Default/Sessions"],
        Browser::Firefox => &["profile/sessionstore.jsonlz4", "profile/sessionstore-backups"],
    }
}

/// The needle's name; it is also what a failure calls it.
const RESPONSE: &str = "SAML response";
