//! What pages beside the inspection of a message ask: trust policies, setting up, rotation, CloudTrail.

pub mod policy;
pub mod rotation;
pub mod setup;
pub mod trail;
