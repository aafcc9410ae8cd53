//! The small program beside every container: builder, first process, monitor, keeper.
//!
//! No standard library, no allocation: see `rt.rs` and `raw.rs`.
#![no_std]
#![no_main]

mod raw;
mod rt;

fn guest_main(_start: rt::Start) -> ! {
    raw::write_all(1, b"hi\n");
    raw::exit(0)
}
