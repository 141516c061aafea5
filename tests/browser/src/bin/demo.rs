//! The main job against the sandbox: `demo [--browser chromium|firefox] [--headless] [--persona NAME|help]`.
//!
//! With a display it opens a browser window on the login page, or signs the persona in that was named, and waits until the window is
//! closed. Without one it walks the flow by itself, prints the roles and the masked credentials, and writes screenshots to
//! `target/demo/`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rolecall_browser::{Browser, Copied, DriveError, Inspector, Result, Scheme, Session, Setup, TABS, World};
use rolecall_sandbox::Persona;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = match Wanted::read(&arguments) {
        Ok(Some(wanted)) => wanted,
        Ok(None) => {
            print!("{}", personas());
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("demo: {error}");
            return ExitCode::from(2);
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("demo: {error}");
            return ExitCode::FAILURE;
        }
    };
    // A dropped world closes its browser and its sandbox, also when Ctrl-C ends the wait.
    let shown = runtime.block_on(async {
        tokio::select! {
            shown = show(&wanted) => shown,
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    });
    match shown {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demo: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What the command line asks for.
struct Wanted {
    browser: Browser,
    headless: bool,
    /// The one that was named.
    persona: Option<Persona>,
}

impl Wanted {
    /// `None` when it asks who there is.
    fn read(arguments: &[String]) -> Result<Option<Self>> {
        let has_display = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
        let mut wanted = Self {
            browser: Browser::Chromium,
            headless: cfg!(target_os = "linux") && !has_display,
            persona: None,
        };
        let mut arguments = arguments.iter().map(String::as_str);
        while let Some(argument) = arguments.next() {
            match (argument, argument.starts_with("--").then(|| arguments.clone().next()).flatten()) {
                ("--headless", _) => wanted.headless = true,
                ("--browser", Some("chromium")) => wanted.browser = Browser::Chromium,
                ("--browser", Some("firefox")) => wanted.browser = Browser::Firefox,
                ("--persona", Some("help")) => return Ok(None),
                ("--persona", Some(slug)) => {
                    let unknown = || DriveError::new(format!("no persona {slug}; there are\n{}", personas()));
                    wanted.persona = Some(Persona::from_slug(slug).ok_or_else(unknown)?);
                }
                _ => {
                    return Err(DriveError::new(format!(
                        "cannot take {argument}; ./build.sh --help says what there is"
                    )));
                }
            }
            if argument != "--headless" {
                arguments.next();
            }
        }
        Ok(Some(wanted))
    }

    fn persona(&self) -> Persona {
        self.persona.unwrap_or(Persona::FourRoles)
    }
}

/// Every persona with its line, in groups.
fn personas() -> String {
    let width = Persona::ALL.iter().map(|persona| persona.slug().len()).max().unwrap_or_default();
    let mut text = String::new();
    for (title, group) in Persona::groups() {
        text.push_str(&format!("\n{title}\n"));
        for persona in group {
            text.push_str(&format!("  {:width$}  {}\n", persona.slug(), persona.line()));
        }
    }
    text
}

async fn show(wanted: &Wanted) -> Result<()> {
    println!("Starting an identity provider and AWS on this machine, and {}.", name(wanted.browser));
    let setup = Setup { window: !wanted.headless, ..Setup::default() };
    let world = World::with(wanted.browser, setup).await?;
    if wanted.headless {
        walk(&world, wanted).await
    } else {
        let start = wanted.persona.map(|persona| world.sandbox.sign_in_url(persona));
        wait_for_the_person(&world.session, &start.unwrap_or(world.sandbox.idp_url())).await
    }
}

/// A window for the person; it ends when they close it.
async fn wait_for_the_person(session: &Session, start: &str) -> Result<()> {
    session.goto(start).await?;
    println!();
    println!(
        "Choose a person on the login page, if none was named. When AWS has answered, open Rolecall's popup:"
    );
    println!("its button is in the toolbar, or behind the puzzle piece beside it.");
    println!("No account is real and nothing leaves this machine. Close the window or press Ctrl-C to end.");
    loop {
        match session.tabs().await {
            Ok(tabs) if !tabs.is_empty() => tokio::time::sleep(std::time::Duration::from_millis(500)).await,
            _ => return Ok(()),
        }
    }
}

/// The whole flow without a person.
async fn walk(world: &World, wanted: &Wanted) -> Result<()> {
    let World { sandbox, session, .. } = world;
    let pictures = PathBuf::from("target/demo").join(match wanted.browser {
        Browser::Chromium => "chromium",
        Browser::Firefox => "firefox",
    });
    std::fs::create_dir_all(&pictures)?;
    session.goto(&sandbox.idp_url()).await?;
    session.screenshot(&pictures.join("1-login.png")).await?;

    println!("Signing in as {} ({}).", wanted.persona().display_name(), wanted.persona().slug());
    session.click(&format!("#persona-{}", wanted.persona().slug())).await?;
    world.arrive().await?;
    session.screenshot(&pictures.join("2-aws.png")).await?;

    let popup = world.open_popup().await?;
    session.resize_page(380, 470).await?;
    let roles = popup.roles().await?;
    both_themes(session, &pictures, "3-popup").await?;
    println!("{} roles in the popup:", roles.len());
    for role in &roles {
        println!("  {}", role.arn);
    }
    if let Some(role) = roles.first() {
        let outcome = popup.copy(&role.arn).await?;
        both_themes(session, &pictures, "4-copied").await?;
        match outcome {
            Copied::Done { .. } => {
                println!("Copied for {}:", role.arn);
                for line in world.clipboard().await?.lines() {
                    println!("  {}", masked(line));
                }
            }
            Copied::Failed { text, .. } => println!("Not copied for {}: {text}", role.arn),
        }
    } else {
        println!("The popup says:");
        for line in session.text("#app").await?.lines() {
            println!("  {line}");
        }
    }
    session.open_extension_page("options/options.html").await?;
    session.resize_page(900, 900).await?;
    session.wait_for("#page[data-state=ready]").await?;
    both_themes(session, &pictures, "5-options").await?;
    inspect(world, wanted.persona(), &pictures).await?;

    println!(
        "STS was called {} times. Screenshots are in {}.",
        sandbox.requests().sts("AssumeRoleWithSAML").len(),
        pictures.display()
    );
    Ok(())
}

/// The inspector on the sign-in, tab by tab; of people without a mistake then on another's message, on one that was changed, and with
/// the key pinned.
async fn inspect(world: &World, persona: Persona, pictures: &Path) -> Result<()> {
    let World { sandbox, session, .. } = world;
    let inspector = Inspector::open(session).await?;
    session.resize_page(1200, 1300).await?;
    println!("The inspector says of the sign-in: {}.", inspector.verdict().await?);
    let is_mistake = Persona::groups().skip(1).any(|(_, group)| group.contains(&persona));
    if is_mistake {
        for tab in TABS {
            inspector.show(tab).await?;
            both_themes(session, pictures, &format!("6-inspector-{tab}")).await?;
        }
        return inspector.close().await;
    }
    let response = sandbox.saml_response(Persona::Scripts, Persona::Scripts.shape())?;
    inspector.read(&response).await?;
    session.click("#list .entry").await?;
    for tab in TABS {
        inspector.show(tab).await?;
        both_themes(session, pictures, &format!("6-inspector-{tab}")).await?;
    }
    let changed =
        xml_of(&sandbox.saml_response(persona, persona.shape())?)?.replace(":role/", ":role/Break-glass-");
    inspector.read(&changed).await?;
    println!("Of a response that was changed: {}.", inspector.verdict().await?);
    both_themes(session, pictures, "7-inspector-changed").await?;
    session.click("#list .entry").await?;
    inspector.show("signature").await?;
    session.wait_for("[data-action=pin]").await?;
    session.click("[data-action=pin]").await?;
    session.wait_for("#pin-dialog[open]").await?;
    both_themes(session, pictures, "8-inspector-pin").await?;
    session.click("#pin-confirm").await?;
    inspector.becomes("genuine").await?;
    println!("Of the sign-in, once its key is pinned: {}.", inspector.verdict().await?);
    both_themes(session, pictures, "9-inspector-genuine").await?;
    inspector.close().await
}

/// The XML in base64.
fn xml_of(response: &str) -> Result<String> {
    let compact: String = response.split_ascii_whitespace().collect();
    let bytes = STANDARD.decode(compact).map_err(|error| DriveError::new(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| DriveError::new(error.to_string()))
}

async fn both_themes(session: &Session, folder: &Path, name: &str) -> Result<()> {
    for (scheme, suffix) in [(Scheme::Dark, "dark"), (Scheme::Light, "light")] {
        session.set_color_scheme(scheme).await?;
        // Colours change over 120 ms.
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        session.screenshot(&folder.join(format!("{name}-{suffix}.png"))).await?;
    }
    Ok(())
}

/// A line of exported text whose value shows its first four characters at the most.
fn masked(line: &str) -> String {
    match line.split_once('=') {
        Some((name, value)) if name.ends_with("_KEY") || name.ends_with("_TOKEN") => {
            let start: String = value.chars().take(4).collect();
            format!("{name}={start}{}", "*".repeat(12))
        }
        _ => line.to_owned(),
    }
}

fn name(browser: Browser) -> &'static str {
    match browser {
        Browser::Chromium => "Chromium",
        Browser::Firefox => "Firefox",
    }
}
