//! Promise 2 of the design: any process may be killed at any moment, any write may fail, any file
//! system may be full, and the next command works on its own (S-37, S-76, S-77, S-79, S-106, S-107).
//!
//! `walk` takes every failpoint of `src/sys/failpoint.rs` through its scenarios, `monitor` kills
//! monitors and forges what they leave behind, `disk` fills a small file system. What is not
//! here: storms of kills from outside (`tests/userns.rs`) and power cuts.

mod support;

#[path = "fault/disk.rs"]
mod disk;
#[path = "fault/monitor.rs"]
mod monitor;
#[path = "fault/scenarios.rs"]
mod scenarios;
#[path = "fault/state.rs"]
mod state;
#[path = "fault/walk.rs"]
mod walk;
