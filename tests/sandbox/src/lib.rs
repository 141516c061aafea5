//! A federation of one's own.
