//! Small Containerfiles and what they say: expected steps, or the expected error.
//!
//! Facts: Docker's Dockerfile reference; where it is silent, what BuildKit does.

mod errors;
mod graph;
mod hostile;
mod ignore;
mod keys;
mod show;
mod steps;
