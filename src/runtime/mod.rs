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
//! FAILED may come instead of either report.
//!
//! Bundles of others (`coracle runtime`, runtime-spec 1.3) take another way with the same steps:
//! `refuse` says what they may not ask for, `bundle*` plan exactly what their spec says,
//! `conduct` creates without a monitor, `container` is what is left to be started, `go` starts it.

pub mod bundle;
pub mod bundle_mounts;
pub mod bundle_process;
pub mod bundle_step;
pub mod capability;
pub mod cgroup;
pub mod channels;
pub mod conduct;
pub mod container;
pub mod error;
pub mod foreign;
pub mod go;
pub mod hooks;
pub mod launch;
pub mod limits;
pub mod mount_options;
pub mod mounts;
mod owner;
pub mod plan;
pub mod refuse;
pub mod step;
pub mod terms;

pub use launch::{Failure, Starting};
pub use plan::{Plan, Session};
