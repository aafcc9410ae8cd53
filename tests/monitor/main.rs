//! The supervising half of the guest program, driven through its sockets and files.
//!
//! The same source files are compiled into this test; the test plays the part that builds
//! the container (a shell is its init) and the commands that attach. `engine.rs` drives the
//! engine's side of the protocol against it.
#![allow(unsafe_code, reason = "a test forks and makes pipes")]
#![allow(dead_code, reason = "the guest's files hold more than these tests use")]

#[path = "../../src/guest/raw.rs"]
mod raw;
#[path = "../../src/guest/monitor/supervise.rs"]
mod supervise;
#[path = "../../src/guest/wire_attach.rs"]
mod wire_attach;
#[path = "../../src/guest/wire_event.rs"]
mod wire_event;
#[path = "../../src/guest/wire_health.rs"]
mod wire_health;

mod clients;
mod engine;
mod harness;
mod lifetime;
mod logging;
