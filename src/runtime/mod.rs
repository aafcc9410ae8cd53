//! OCI runtime spec → process: the parent's side. Plans, then lets the guest program act.
//!
//! `plan` turns a spec into lists of steps (pure); `step` writes them in the guest's form;
//! `launch` starts the guest program with them and listens to what it reports:
//!
//! ```text
//! command                       monitor (guest program)
//!    │──spawn, plan at fd 3────────▶│ … builds …
//!    │◀──READY pid helper───────────│
//!    │ (writes the run record)      │
//!    │──go──────────────────────────▶│ init execs the workload
//!    │◀──RUNNING, end of file───────│
//! ```
//!
//! FAILED may come instead of either report. Runtime-spec 1.1, config.md and
//! config-linux.md; hooks and other runtimes are not part of this room yet.

pub mod capability;
pub mod launch;
pub mod limits;
pub mod mounts;
mod owner;
pub mod plan;
pub mod step;

pub use launch::{Failure, Starting};
pub use plan::{Plan, Session};
