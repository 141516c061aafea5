//! XML signatures: makes them for the identity provider, checks them for AWS.
//!
//! Enveloped signatures over exclusive canonical XML, RSA with SHA-256 (checked also with SHA-1, which providers
//! still use). Inclusive canonicalization is checked where a provider uses it. The canonical form comes from
//! bergshamra-c14n, which the product does not use.

mod certificate;
mod sign;
mod verify;

pub(crate) use certificate::{PublicKey, pem_to_der};
pub(crate) use sign::{Signer, Style};
pub(crate) use verify::{Verdict, verify};

use bergshamra_c14n::{C14nMode, canonicalize_doc};
use bergshamra_xml::NodeSet;
use uppsala::{Document, NodeId};

const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const RSA_SHA1: &str = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
const SHA1: &str = "http://www.w3.org/2000/09/xmldsig#sha1";

/// The canonical bytes of `element`, without the subtree `without`.
fn canonical(
    document: &Document<'_>,
    element: NodeId,
    without: Option<NodeId>,
    mode: C14nMode,
    prefixes: &[&str],
) -> Option<Vec<u8>> {
    let mut nodes = NodeSet::tree_without_comments(element, document);
    if let Some(without) = without {
        nodes = nodes.subtract(&NodeSet::tree_without_comments(without, document));
    }
    canonicalize_doc(document, mode, Some(&nodes), prefixes).ok()
}
