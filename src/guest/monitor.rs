//! The small program beside every container: builder, first process, monitor, keeper.
//!
//! No standard library, no allocation: see `rt.rs` and `raw.rs`. The first argument says
//! which role it plays.
#![no_std]
#![no_main]

#[path = "monitor/act_foreign.rs"]
mod act_foreign;
#[path = "monitor/act_init.rs"]
mod act_init;
#[path = "monitor/act_mount.rs"]
mod act_mount;
#[path = "monitor/act_oci.rs"]
mod act_oci;
#[path = "monitor/borrow.rs"]
mod borrow;
#[path = "monitor/builder.rs"]
mod builder;
#[path = "monitor/conduct.rs"]
mod conduct;
#[path = "monitor/copy_up.rs"]
mod copy_up;
#[path = "monitor/cgroup.rs"]
mod cgroup;
#[path = "monitor/keeper.rs"]
mod keeper;
#[path = "monitor/machine.rs"]
mod machine;
#[path = "monitor/overlay.rs"]
mod overlay;
#[path = "monitor/own.rs"]
mod own;
#[path = "monitor/plan.rs"]
mod plan;
mod raw;
mod rt;
#[path = "monitor/server.rs"]
mod server;
#[path = "monitor/start.rs"]
mod start;
#[path = "monitor/supervise.rs"]
mod supervise;
mod wire;
mod wire_attach;
mod wire_event;
mod wire_health;

fn guest_main(start: rt::Start) -> ! {
    match start.argument(1) {
        Some(b"start") => start::main(start),
        Some(b"build") => builder::main(),
        Some(b"conduct") => conduct::main(),
        Some(b"keeper") => keeper::main(start),
        _ => raw::exit(125),
    }
}
