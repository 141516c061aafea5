//! What pages ask at a click, beside the inspection of a message: opening what is encrypted, trust policies, setting up, rotation,
//! CloudTrail.

pub mod decrypt;
pub mod policy;
pub mod rotation;
pub mod setup;
pub mod trail;
