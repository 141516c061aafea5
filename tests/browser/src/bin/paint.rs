//! How long the popup takes to paint 200 roles, in both browsers, and how much memory the core takes in Chromium: `./build.sh bench`
//! runs it and prints the figures.
//!
//! The popup opens in a tab, thirty times; the clock runs from the start of the navigation to the first paint with content. A control page of the
//! extension that shows one word, opened in turn with it, is what the browser itself needs.

use std::process::ExitCode;

use rolecall_browser::{Browser, Result, Session, World};
use rolecall_sandbox::Persona;
use serde_json::{Value, json};

const ROUNDS: usize = 30;

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("paint: {error}");
            return ExitCode::FAILURE;
        }
    };
    for (browser, name) in [(Browser::Chromium, "Chromium"), (Browser::Firefox, "Firefox")] {
        match runtime.block_on(measure(browser)) {
            Ok([popup, control]) => println!(
                "{name}: popup with 200 roles open to painted p50 {:.0} ms, p95 {:.0} ms; an empty page of the extension p50 {:.0} ms, \
                 p95 {:.0} ms; ratio of the medians {:.2} ({ROUNDS} rounds)",
                popup.0,
                popup.1,
                control.0,
                control.1,
                popup.0 / control.0
            ),
            Err(error) => {
                eprintln!("paint: {name}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

/// Median and 95th percentile, in milliseconds, of the popup and of the control.
async fn measure(browser: Browser) -> Result<[(f64, f64); 2]> {
    let world = World::start(browser).await?;
    world.sign_in(Persona::TwoHundred).await?;
    let popup = world.open_popup().await?;
    popup.roles().await?;
    let session = &world.session;
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        times[0].push(
            painted(session, "popup/popup.html", "document.querySelectorAll('.role').length === 200").await?,
        );
        times[1].push(painted(session, "manifest.json", "true").await?);
    }
    let response = world.sandbox.saml_response(Persona::TwoHundred, Persona::TwoHundred.shape())?;
    if let Some(bytes) = memory(session, &response).await? {
        println!("Heap of a page that has read ten sign-ins of 100 KB: {:.1} MB", bytes as f64 / 1e6);
    }
    Ok(times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        (times[times.len() / 2], times[times.len() * 95 / 100])
    }))
}

/// Bytes of JavaScript's heap and of the wasm in a page of the extension that has read ten sign-ins of 100 KB, as the worker does. The
/// worker's own heap cannot be asked from outside; a page holds a document besides, so this is no less.
async fn memory(session: &Session, response: &str) -> Result<Option<u64>> {
    session.goto(&session.extension_url("manifest.json")?).await?;
    let script = "const { load, readSignIn } = await import('/core/sign-in.js');
        await load();
        const views = [];
        for (let i = 0; i < 10; i += 1) {
            const SAMLResponse = [args[0].padEnd(100000, ' ')];
            views.push(await readSignIn({ url: 'https://signin.aws.amazon.com/saml', at: i, form: { SAMLResponse }, raw: null, pasted: null, tooLarge: null }));
        }
        const measured = await performance.measureUserAgentSpecificMemory?.().catch(() => null);
        return measured?.bytes ?? performance.memory?.usedJSHeapSize ?? null";
    Ok(session.evaluate(script, vec![json!(response)]).await?.as_u64())
}

/// Milliseconds from the start of the navigation to the first paint with content, of a page that has drawn what `drawn` asks for.
async fn painted(session: &Session, page: &str, drawn: &str) -> Result<f64> {
    session.goto("about:blank").await?;
    session.goto(&session.extension_url(page)?).await?;
    let script = format!(
        "while (!({drawn})) await new Promise(requestAnimationFrame);
        for (;;) {{
            const paint = performance.getEntriesByName('first-contentful-paint')[0];
            if (paint) return paint.startTime;
            await new Promise(requestAnimationFrame);
        }}"
    );
    let time: Value = session.evaluate(&script, vec![json!(null)]).await?;
    Ok(time.as_f64().unwrap_or(f64::NAN))
}
