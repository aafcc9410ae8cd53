//! The guest programs, as the engine sees them: three static executables it carries inside.
//!
//! Everything else in this folder is compiled on its own by `build.rs`; only `wire` is
//! shared, so that plans are written and read by the same definitions.

pub mod wire;

/// The monitor: builder, first process, supervisor, keeper.
pub static MONITOR: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/monitor"));

/// What `--init` makes process 1.
pub static INIT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/init"));

/// The workload of the embedded image.
pub static HELLO: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/hello"));

pub mod wire_attach;
pub mod wire_event;
pub mod wire_health;
