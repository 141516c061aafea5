//! When things go wrong: each scenario breaks one thing, looks at what the popup says of it, and then does the main job.

mod hosts;
mod input;
mod kept;
mod steps;
mod stopped;
mod sts;
mod traces;
