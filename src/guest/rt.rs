//! What a program without a standard library needs: an entry, memory functions, a panic.
//!
//! The kernel enters `_start` with argc, argv and envp on the stack (System V ABI,
//! "Process Initialization"); each program defines `guest_main`.

use core::panic::PanicInfo;

/// Arguments and environment as the kernel laid them out, NULL-terminated.
#[derive(Clone, Copy)]
pub struct Start {
    pub argc: usize,
    pub argv: *const *const u8,
    pub envp: *const *const u8,
}

impl Start {
    /// Returns an argument's bytes.
    pub fn argument(&self, index: usize) -> Option<&'static [u8]> {
        if index >= self.argc {
            return None;
        }
        // SAFETY: the kernel laid out argc pointers to NUL-terminated words, which stay.
        let word = unsafe { core::ffi::CStr::from_ptr((*self.argv.add(index)).cast()) };
        Some(word.to_bytes())
    }
}

#[cfg(target_arch = "x86_64")]
core::arch::global_asm!(
    ".globl _start",
    "_start:",
    "xor %ebp, %ebp",
    "mov %rsp, %rdi",
    "and $-16, %rsp",
    "call guest_entry",
    "ud2",
    options(att_syntax)
);

#[cfg(target_arch = "aarch64")]
core::arch::global_asm!(
    ".globl _start",
    "_start:",
    "mov x29, xzr",
    "mov x0, sp",
    "bl guest_entry",
    "brk #1"
);

#[unsafe(no_mangle)]
extern "C" fn guest_entry(stack: *const usize) -> ! {
    // SAFETY: the kernel put argc, argv and envp at the initial stack pointer.
    let start = unsafe {
        let argc = *stack;
        let argv = stack.add(1).cast::<*const u8>();
        Start { argc, argv, envp: argv.add(argc + 1) }
    };
    crate::guest_main(start)
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    crate::raw::write_all(2, b"coracle: internal error in a guest program\n");
    crate::raw::kill_self()
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, count: usize) -> *mut u8 {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the caller vouches for both ranges; the direction flag is clear by the ABI.
    unsafe {
        core::arch::asm!("rep movsb", inout("rcx") count => _, inout("rdi") to => _,
            inout("rsi") from => _, options(nostack, preserves_flags));
    }
    #[cfg(not(target_arch = "x86_64"))]
    for index in 0..count {
        // SAFETY: as above; volatile keeps the compiler from calling memcpy here.
        unsafe { to.add(index).write_volatile(from.add(index).read_volatile()) };
    }
    to
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(to: *mut u8, from: *const u8, count: usize) -> *mut u8 {
    if (to as usize).wrapping_sub(from as usize) >= count {
        // SAFETY: a forward copy cannot overtake its source here.
        return unsafe { memcpy(to, from, count) };
    }
    let mut index = count;
    while index > 0 {
        index -= 1;
        // SAFETY: the caller vouches for both ranges.
        unsafe { to.add(index).write_volatile(from.add(index).read_volatile()) };
    }
    to
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memset(to: *mut u8, value: i32, count: usize) -> *mut u8 {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the caller vouches for the range.
    unsafe {
        core::arch::asm!("rep stosb", inout("rcx") count => _, inout("rdi") to => _,
            in("al") value as u8, options(nostack, preserves_flags));
    }
    #[cfg(not(target_arch = "x86_64"))]
    for index in 0..count {
        // SAFETY: as above.
        unsafe { to.add(index).write_volatile(value as u8) };
    }
    to
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(a: *const u8, b: *const u8, count: usize) -> i32 {
    for index in 0..count {
        // SAFETY: the caller vouches for both ranges.
        let (x, y) = unsafe { (a.add(index).read_volatile(), b.add(index).read_volatile()) };
        if x != y {
            return i32::from(x) - i32::from(y);
        }
    }
    0
}

#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(a: *const u8, b: *const u8, count: usize) -> i32 {
    // SAFETY: as for memcmp.
    unsafe { memcmp(a, b, count) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn strlen(text: *const u8) -> usize {
    let mut count = 0;
    // SAFETY: the caller vouches for a terminating NUL.
    while unsafe { text.add(count).read_volatile() } != 0 {
        count += 1;
    }
    count
}

/// `core` was built for unwinding and names this symbol; with `panic=abort` nothing calls it.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}
