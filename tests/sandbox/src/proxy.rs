//! The way in: an HTTP proxy that connects to the hosts the sandbox plays and refuses all others with 502.

use std::future::poll_fn;
use std::io;
use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::hosts::Site;
use crate::sandbox::World;
use crate::web;

/// Takes connections until the runtime ends.
pub(crate) async fn serve(listener: TcpListener, world: Arc<World>) {
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            let world = world.clone();
            // A connection that fails concerns its client alone, which sees it closed.
            tokio::spawn(async move { connection(stream, world).await });
        }
    }
}

async fn connection(stream: TcpStream, world: Arc<World>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    let head = request_head(&mut stream).await?;
    let Some((host, site)) = connect_target(&head, &world) else {
        stream.write_all(REFUSED).await?;
        return stream.shutdown().await;
    };
    if matches!(site, Site::Sts(_)) && world.faults.refuses_connect() {
        stream.write_all(REFUSED).await?;
        return stream.shutdown().await;
    }
    let config = world.authority.server_config(&host)?;
    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
    let tls = TlsAcceptor::from(config).accept(stream).await?;

    let service = service_fn(|request| Box::pin(web::answer(request, host.clone(), site, world.clone())));
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(tls), service);
    if poll_fn(|context| connection.poll_without_shutdown(context)).await.is_err() {
        // `web::Reset` ends here: without lingering, closing the socket sends RST.
        let tls = connection.into_parts().io.into_inner();
        return tls.get_ref().0.get_ref().set_zero_linger();
    }
    connection.into_parts().io.into_inner().shutdown().await
}

/// The first line and the headers of a request to the proxy.
async fn request_head(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut head = String::new();
    let mut bounded = stream.take(MAX_HEAD);
    loop {
        let start = head.len();
        bounded.read_line(&mut head).await?;
        match head.get(start..) {
            Some("\r\n" | "\n") => return Ok(head),
            Some(line) if line.ends_with('\n') => {}
            _ => return Err(io::ErrorKind::InvalidData.into()),
        }
    }
}

/// The host that a CONNECT names, if the sandbox plays it; anything else is recorded as refused.
fn connect_target(head: &str, world: &World) -> Option<(String, Site)> {
    let mut words = head.split_ascii_whitespace();
    let method = words.next()?;
    let target = words.next()?;
    let played = (method == "CONNECT")
        .then(|| target.strip_suffix(":443"))
        .flatten()
        .and_then(|host| Some((host.to_ascii_lowercase(), world.hosts.site(host)?)));
    if played.is_none() {
        world.recorder.refuse(target.split('?').next().unwrap_or_default());
    }
    played
}

/// Longer heads than this are no browser's.
const MAX_HEAD: u64 = 16 * 1024;

const REFUSED: &[u8] = b"HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/plain\r\nconnection: close\r\n\
    content-length: 50\r\n\r\nThe Rolecall sandbox connects to no host outside.\n";
