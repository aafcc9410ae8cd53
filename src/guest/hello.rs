//! The workload of the embedded `hello` image.
#![no_std]
#![no_main]

mod raw;
mod rt;

fn guest_main(_start: rt::Start) -> ! {
    raw::write_all(1, b"hello\n");
    raw::exit(0)
}
