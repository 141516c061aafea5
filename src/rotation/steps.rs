//! The steps of a rotation in the order that keeps people signed in: AWS learns the new certificate before it signs.

use super::evidence::{self, Aws, aws};
use super::known::{Known, Product, Seen};
use super::report::{Phase, State, Step, StepState};
use crate::time::UnixTime;

/// The steps, each as far as it was seen to be done.
pub(super) fn steps(
    known: &Known<'_>,
    product: Product,
    phase: Phase,
    successor: Option<&Seen>,
    now: UnixTime,
) -> Vec<Step> {
    let is = |test: fn(&Known<'_>, &Seen) -> bool| successor.is_some_and(|seen| test(known, seen));
    let [create, metadata, activate] = in_console(product);
    let done = [
        (create, successor.is_some()),
        (metadata, is(|known, seen| seen.in_metadata || aws(known, seen) == Aws::Has)),
        ("rotation.upload", is(|known, seen| aws(known, seen) == Aws::Has)),
        (activate, is(|_, seen| seen.last_seen.is_some())),
        ("rotation.verify", is(|_, seen| seen.accepted.is_some() && seen.accepted > seen.refused)),
        ("rotation.pin", is(|_, seen| seen.pinned)),
        ("rotation.remove", successor.is_some_and(|seen| is_tidy(known, seen, now))),
    ];
    // With nothing under way no step is the next one.
    let mut is_next = !matches!(phase, Phase::Quiet | Phase::Unseen);
    let step = |(code, done): (&'static str, bool)| {
        let state = match (done, is_next) {
            (true, _) => StepState::Done,
            (false, true) => StepState::Now,
            (false, false) => StepState::Later,
        };
        is_next &= done;
        Step { code, state }
    };
    done.into_iter().map(step).collect()
}

/// Whether what IAM holds was read after the change, and nothing that was replaced is in it.
fn is_tidy(known: &Known<'_>, signing: &Seen, now: UnixTime) -> bool {
    let gone = |seen: &&Seen| evidence::state(known, seen, now) == State::Replaced;
    signing.first_seen.is_some()
        && known.iam_at > signing.first_seen
        && !known.certificates.iter().filter(gone).any(|seen| seen.in_iam)
}

/// To make a certificate, to have it in metadata, to sign with it.
fn in_console(product: Product) -> [&'static str; 3] {
    match product {
        Product::Entra => ["rotation.create_entra", "rotation.metadata_entra", "rotation.activate_entra"],
        Product::Okta => ["rotation.create_okta", "rotation.metadata_okta", "rotation.activate_okta"],
        Product::AdFs => ["rotation.create_adfs", "rotation.metadata_adfs", "rotation.activate_adfs"],
        Product::Google => ["rotation.create_google", "rotation.metadata_google", "rotation.activate_google"],
        Product::Ping => ["rotation.create_ping", "rotation.metadata_ping", "rotation.activate_ping"],
        Product::Keycloak => {
            ["rotation.create_keycloak", "rotation.metadata_keycloak", "rotation.activate_keycloak"]
        }
        Product::Generic => {
            ["rotation.create_generic", "rotation.metadata_generic", "rotation.activate_generic"]
        }
    }
}
