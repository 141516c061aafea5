//! Starts the sandbox, says where it is, and stops on Ctrl-C, SIGTERM or when its input closes.

use std::io::{self, Read};

use rolecall_sandbox::{Options, Persona, Sandbox};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    // Before the first line is printed: whoever reads it may end the sandbox at once.
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let sandbox = Sandbox::start(Options::default())?;
    println!("login     {}", sandbox.idp_url());
    println!("proxy     http://{}", sandbox.proxy_addr());
    println!("leaf-spki {}", sandbox.leaf_spki_sha256_base64());
    println!("personas  {}", Persona::ALL.map(Persona::slug).join(" "));
    println!();
    println!(
        "chromium --user-data-dir=$(mktemp -d) --proxy-server=http://{} --ignore-certificate-errors-spki-list={} {}",
        sandbox.proxy_addr(),
        sandbox.leaf_spki_sha256_base64(),
        sandbox.idp_url()
    );

    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = input_closed() => {}
    }
    sandbox.stop();
    Ok(())
}

/// Ends when standard input does: whoever started this is gone. A thread waits, so that a terminal blocks nothing.
async fn input_closed() {
    let (closed, wait) = oneshot::channel();
    std::thread::spawn(move || {
        let ended = io::copy(&mut io::stdin().lock().by_ref(), &mut io::sink());
        // Nobody listens any more once a signal came first.
        let _ = closed.send(ended.is_ok());
    });
    let _ = wait.await;
}
