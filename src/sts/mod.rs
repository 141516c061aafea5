//! Room sts.
