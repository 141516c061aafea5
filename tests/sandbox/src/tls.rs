//! The sandbox's certificate authority: made at start, forgotten at the end, known to no one else.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PublicKeyData, SerialNumber,
};
use time::Duration;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto, version};

use crate::{clock, random};

/// Signs a certificate for each host when it is first asked for; all hosts share one key.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    pem: String,
    leaf_key: KeyPair,
    configs: Mutex<HashMap<String, Arc<ServerConfig>>>,
}

impl Authority {
    pub(crate) fn new() -> Result<Self, rcgen::Error> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Rolecall sandbox CA");
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        limit_life(&mut params);
        let key = KeyPair::generate()?;
        let certificate = params.self_signed(&key)?;
        Ok(Self {
            certificate: certificate.der().clone(),
            pem: certificate.pem(),
            issuer: Issuer::new(params, key),
            leaf_key: KeyPair::generate()?,
            configs: Mutex::default(),
        })
    }

    /// The authority's certificate, for a client that can be told to trust it.
    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// The authority's SubjectPublicKeyInfo, DER.
    pub(crate) fn spki(&self) -> Vec<u8> {
        self.issuer.key().subject_public_key_info()
    }

    /// The SubjectPublicKeyInfo of every host's certificate, DER.
    pub(crate) fn leaf_spki(&self) -> Vec<u8> {
        self.leaf_key.subject_public_key_info()
    }

    /// How to speak TLS as `host`.
    pub(crate) fn server_config(&self, host: &str) -> io::Result<Arc<ServerConfig>> {
        let mut configs = self.configs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(config) = configs.get(host) {
            return Ok(config.clone());
        }
        let config = Arc::new(self.make_config(host).map_err(io::Error::other)?);
        configs.insert(host.to_owned(), config.clone());
        Ok(config)
    }

    fn make_config(&self, host: &str) -> Result<ServerConfig, Box<dyn std::error::Error + Send + Sync>> {
        let chain = vec![self.leaf(host)?.der().clone(), self.certificate.clone()];
        let key = PrivatePkcs8KeyDer::from(self.leaf_key.serialize_der());
        let mut config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
            .with_protocol_versions(&[&version::TLS13])?
            .with_no_client_auth()
            .with_single_cert(chain, key.into())?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    }

    fn leaf(&self, host: &str) -> Result<Certificate, rcgen::Error> {
        let mut params = CertificateParams::new([host.to_owned()])?;
        params.distinguished_name.push(DnType::CommonName, host);
        // rcgen's own serial comes from the key, which all hosts share; Firefox refuses an issuer's reused serial.
        params.serial_number = Some(SerialNumber::from(random::bytes(16)));
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        limit_life(&mut params);
        params.signed_by(&self.leaf_key, &self.issuer)
    }
}

/// Browsers refuse certificates that live longer than 398 days; these live a month.
fn limit_life(params: &mut CertificateParams) {
    let now = clock::now(0);
    params.not_before = now - Duration::DAY;
    params.not_after = now + Duration::days(30);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The DER of a certificate's serial number: it follows two sequence headers and the version.
    fn serial(der: &[u8]) -> &[u8] {
        let after = der.windows(5).position(|bytes| bytes == [0xa0, 3, 2, 1, 2]).unwrap() + 5;
        assert_eq!(der[after], 2, "an INTEGER");
        &der[after + 2..after + 2 + usize::from(der[after + 1])]
    }

    #[test]
    fn no_two_hosts_share_a_serial_number() {
        let authority = Authority::new().unwrap();
        let first = authority.leaf("signin.aws.amazon.com").unwrap();
        let second = authority.leaf("sts.amazonaws.com").unwrap();
        assert_ne!(serial(first.der()), serial(second.der()));
        assert!((8..=17).contains(&serial(first.der()).len()));
    }
}
