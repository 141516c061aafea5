//! Room capture.
