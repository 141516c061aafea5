//! What pages ask at a click, beside the inspection of a message: copies and comparisons, opening what is encrypted, trust policies,
//! rotation, CloudTrail.

pub mod copies;
pub mod decrypt;
pub mod policy;
pub mod rotation;
pub mod trail;
