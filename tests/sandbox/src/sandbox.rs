//! A running sandbox, and what its parts share.

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest;
use tokio::runtime;

use crate::aws::Issued;
use crate::aws::cloudtrail::Event;
use crate::faults::Faults;
use crate::hosts::{Hosts, IDP_HOST, LAB_HOST};
use crate::idp::{self, Persona, Shape, Written};
use crate::recorder::Recorder;
use crate::signature::{PublicKey, Signer, pem_to_der};
use crate::tls::Authority;
use crate::{clock, proxy};

/// What a sandbox is to be like. The default plays everything itself, at once, and trusts its own provider alone.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// A moto server that issues the credentials for calls that passed the sandbox's checks, and that answers
    /// `GetCallerIdentity`: plain HTTP.
    pub sts_upstream: Option<SocketAddr>,
    /// Every answer of every host comes this much later.
    pub latency: Duration,
    /// Further identity providers that AWS trusts: issuer (as in `Issuer`) and certificate (PEM, or bare base64).
    pub trust: Vec<(String, String)>,
    /// Further hosts: their TLS ends here, their requests go on to this address as plain HTTP.
    pub extra_hosts: Vec<(String, SocketAddr)>,
    /// Days until the identity provider's signing certificate ends; none: three years.
    pub signing_days: Option<i64>,
}

/// A running sandbox. Dropping it stops it.
///
/// It runs on threads of its own: a test that blocks does not block it.
pub struct Sandbox {
    world: Arc<World>,
    proxy: SocketAddr,
    runtime: Option<runtime::Runtime>,
}

impl Sandbox {
    /// Makes keys and certificates and starts to listen on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// No port, no threads, no random numbers; a certificate in [`Options::trust`] that has no RSA key.
    pub fn start(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let proxy = listener.local_addr()?;
        let world = Arc::new(World::new(options)?);
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("sandbox")
            .enable_all()
            .build()?;
        let entered = runtime.enter();
        let listener = tokio::net::TcpListener::from_std(listener)?;
        drop(entered);
        runtime.spawn(proxy::serve(listener, world.clone()));
        Ok(Self { world, proxy, runtime: Some(runtime) })
    }

    /// The HTTP proxy to start a browser with: `--proxy-server=http://ADDR`, or Firefox's `network.proxy.http`
    /// and `network.proxy.ssl`.
    #[must_use]
    pub fn proxy_addr(&self) -> SocketAddr {
        self.proxy
    }

    /// The certificate of the sandbox's own authority, for clients that can be told to trust one.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        self.world.authority.pem()
    }

    /// SHA-256 of the authority's SubjectPublicKeyInfo, base64.
    #[must_use]
    pub fn ca_spki_sha256_base64(&self) -> String {
        spki_hash(&self.world.authority.spki())
    }

    /// SHA-256 of the SubjectPublicKeyInfo that the certificates of all hosts share, base64: what Chromium's
    /// `--ignore-certificate-errors-spki-list` takes.
    #[must_use]
    pub fn leaf_spki_sha256_base64(&self) -> String {
        spki_hash(&self.world.authority.leaf_spki())
    }

    /// The certificate (PEM) with which the sandbox's identity provider signs.
    #[must_use]
    pub fn signing_certificate_pem(&self) -> &str {
        self.world.signer.certificate_pem()
    }

    /// The identity provider signs with another key from now on, and gives its certificate (PEM). AWS does not know it until
    /// [`Sandbox::tell_aws`].
    ///
    /// # Errors
    /// If no key can be made.
    pub fn rotate_signing(&self) -> io::Result<&str> {
        let next = Signer::new().map_err(io::Error::other)?;
        Ok(self.world.next_signer.get_or_init(|| next).certificate_pem())
    }

    /// AWS takes the new key too: somebody uploaded the metadata.
    pub fn tell_aws(&self) {
        self.world.is_told.store(true, Ordering::SeqCst);
    }

    /// The login page. `sign-in/SLUG` under it signs a persona in; `?shape=`, `?to=REGION` and `?enctype=text`
    /// change how the response is written, where it goes and how it is posted.
    #[must_use]
    pub fn idp_url(&self) -> String {
        format!("https://{IDP_HOST}/")
    }

    /// A click on this persona's button leads here: the page whose form posts itself to AWS.
    #[must_use]
    pub fn sign_in_url(&self, persona: Persona) -> String {
        format!("{}sign-in/{}", self.idp_url(), persona.slug())
    }

    /// `paste` under it is a page with a text box that has focus, `blank` one with nothing.
    #[must_use]
    pub fn lab_url(&self) -> String {
        format!("https://{LAB_HOST}/")
    }

    /// A fresh `SAMLResponse` of this persona, base64, as the login page would post it: for pasting.
    ///
    /// # Errors
    /// If the response cannot be signed.
    pub fn saml_response(&self, persona: Persona, shape: Shape) -> io::Result<String> {
        let written = self.world.respond(persona, shape, None).map_err(io::Error::other)?;
        Ok(idp::encode(&written.xml, persona, shape))
    }

    /// What goes wrong at STS.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.world.faults
    }

    /// What reached the sandbox.
    #[must_use]
    pub fn requests(&self) -> &Recorder {
        &self.world.recorder
    }

    /// Every set of credentials that was given out, oldest first.
    #[must_use]
    pub fn issued(&self) -> Vec<Issued> {
        self.world.issued()
    }

    /// Stops to listen and closes every connection.
    pub fn stop(mut self) {
        self.shut_down();
    }

    fn shut_down(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.shut_down();
    }
}

/// What the parts of one sandbox share.
pub(crate) struct World {
    pub(crate) hosts: Hosts,
    pub(crate) authority: Authority,
    pub(crate) signer: Signer,
    /// A key that AWS is never told of; made when it is first asked for.
    renewed: OnceLock<Signer>,
    /// The key that the identity provider changed to.
    next_signer: OnceLock<Signer>,
    /// Whether AWS knows that one.
    is_told: AtomicBool,
    pub(crate) faults: Faults,
    pub(crate) recorder: Recorder,
    pub(crate) latency: Duration,
    pub(crate) sts_upstream: Option<SocketAddr>,
    trust: Vec<(String, PublicKey)>,
    issued: Mutex<Vec<Issued>>,
    events: Mutex<Vec<Event>>,
    /// Cipher text to the assertion it hides: the sandbox is the provider and AWS, and needs no key for it.
    hidden: Mutex<HashMap<String, String>>,
}

impl World {
    fn new(options: Options) -> io::Result<Self> {
        let signer =
            options.signing_days.map_or_else(Signer::new, Signer::lasting).map_err(io::Error::other)?;
        let mut trust: Vec<_> =
            Shape::ALL.iter().map(|shape| (shape.issuer().to_owned(), signer.public_key())).collect();
        for (issuer, pem) in options.trust {
            let key = pem_to_der(&pem).and_then(|der| PublicKey::from_certificate(&der));
            let no_key =
                || io::Error::new(io::ErrorKind::InvalidInput, format!("no RSA certificate for {issuer}"));
            trust.push((issuer.clone(), key.ok_or_else(no_key)?));
        }
        Ok(Self {
            hosts: Hosts::new(options.extra_hosts),
            authority: Authority::new().map_err(io::Error::other)?,
            signer,
            renewed: OnceLock::new(),
            next_signer: OnceLock::new(),
            is_told: AtomicBool::new(false),
            faults: Faults::default(),
            recorder: Recorder::default(),
            latency: options.latency,
            sts_upstream: options.sts_upstream,
            trust,
            issued: Mutex::default(),
            events: Mutex::default(),
            hidden: Mutex::default(),
        })
    }

    /// The keys of the identity provider with this entity ID; none if AWS does not know it.
    pub(crate) fn keys_of(&self, issuer: &str) -> Vec<PublicKey> {
        let mut keys: Vec<PublicKey> =
            self.trust.iter().filter(|(known, _)| known == issuer).map(|(_, key)| key.clone()).collect();
        let next = self.next_signer.get().filter(|_| self.is_told.load(Ordering::SeqCst) && !keys.is_empty());
        keys.extend(next.map(Signer::public_key));
        keys
    }

    /// A fresh response of this persona.
    pub(crate) fn respond(
        &self,
        persona: Persona,
        shape: Shape,
        region: Option<&str>,
    ) -> Result<Written, &'static str> {
        let next = self.next_signer.get().unwrap_or(&self.signer);
        let signer = if persona.signs_anew() { self.renewed_signer()? } else { next };
        let written = idp::write(persona, shape, region, clock::now(0), signer)?;
        // What is sent to the plain URL is not encrypted for a key of AWS.
        let for_aws = written.acs.contains("/saml/acs/");
        if let Some((cipher, assertion)) = written.hidden.clone().filter(|_| for_aws) {
            self.hidden.lock().unwrap_or_else(PoisonError::into_inner).insert(cipher, assertion);
        }
        Ok(written)
    }

    fn renewed_signer(&self) -> Result<&Signer, &'static str> {
        if let Some(signer) = self.renewed.get() {
            return Ok(signer);
        }
        let signer = Signer::new().map_err(|_| "no second key")?;
        Ok(self.renewed.get_or_init(|| signer))
    }

    /// The response with its assertion in the clear, if it is one that the sandbox encrypted.
    pub(crate) fn decrypt(&self, xml: String) -> String {
        let hidden = self.hidden.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(assertion) = hidden.iter().find_map(|(cipher, clear)| xml.contains(cipher).then_some(clear))
        else {
            return xml;
        };
        let open = xml.find("EncryptedAssertion").and_then(|at| xml.get(..at)?.rfind('<'));
        let close = xml.rfind("EncryptedAssertion>").map(|at| at + "EncryptedAssertion>".len());
        match (open.and_then(|open| xml.get(..open)), close.and_then(|close| xml.get(close..))) {
            (Some(before), Some(after)) => format!("{before}{assertion}{after}"),
            _ => xml,
        }
    }

    pub(crate) fn remember_issued(&self, issued: Issued) {
        self.issued.lock().unwrap_or_else(PoisonError::into_inner).push(issued);
    }

    pub(crate) fn remember_event(&self, event: Event) {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    }

    /// Oldest first.
    pub(crate) fn events(&self) -> Vec<Event> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn issued(&self) -> Vec<Issued> {
        self.issued.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn spki_hash(spki: &[u8]) -> String {
    STANDARD.encode(digest::digest(&digest::SHA256, spki))
}
