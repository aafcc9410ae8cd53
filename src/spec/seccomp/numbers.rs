//! System call names and numbers of the four instruction sets a filter is made for.
//!
//! The numbers are the `syscalls` crate's; added here is what it lacks: the x32 calls of their
//! own (arch/x86/entry/syscalls/syscall_64.tbl, 512 to 547), 32-bit Arm's private calls
//! (asm/unistd.h, `__ARM_NR_BASE`), and the one name libseccomp spells differently.

use std::collections::HashMap;
use std::str::FromStr;

/// AUDIT_ARCH_* of audit.h, with what is particular about the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abi {
    X86_64,
    I386,
    Aarch64,
    Arm,
}

impl Abi {
    /// What `seccomp_data.arch` says.
    pub fn audit_arch(self) -> u32 {
        match self {
            Self::X86_64 => 0xc000_003e,
            Self::I386 => 0x4000_0003,
            Self::Aarch64 => 0xc000_00b7,
            Self::Arm => 0x4000_0028,
        }
    }

    /// Below this are the calls common to everyone; above, private ranges that say nothing about
    /// how new a kernel is.
    pub fn private_base(self) -> u32 {
        match self {
            Self::X86_64 => 512,
            Self::Arm => ARM_PRIVATE,
            Self::I386 | Self::Aarch64 => u32::MAX,
        }
    }

    /// Returns every name's numbers; on x86-64 a name may have an x32 one too.
    pub fn table(self) -> HashMap<&'static str, Vec<u32>> {
        let mut table: HashMap<&'static str, Vec<u32>> = HashMap::with_capacity(512);
        for number in 0..MOST_CALLS {
            let name = match self {
                Self::X86_64 => syscalls::x86_64::Sysno::new(number).map(|call| call.name()),
                Self::I386 => syscalls::x86::Sysno::new(number).map(|call| call.name()),
                Self::Aarch64 => syscalls::aarch64::Sysno::new(number).map(|call| call.name()),
                Self::Arm => syscalls::arm::Sysno::new(number).map(|call| call.name()),
            };
            if let Some(name) = name {
                table.entry(name).or_default().push(number as u32);
            }
        }
        let own: &[(&'static str, u32)] = match self {
            Self::X86_64 => &X32,
            Self::Arm => &ARM_OWN,
            Self::Aarch64 => &[("newfstatat", 79)],
            Self::I386 => &[],
        };
        for (name, number) in own {
            table.entry(name).or_default().push(*number);
        }
        table
    }
}

/// Whether any of the four has a call of this name.
pub fn is_known(name: &str) -> bool {
    let own = X32.iter().chain(&ARM_OWN).any(|known| known.0 == name);
    own || name == "newfstatat"
        || syscalls::x86_64::Sysno::from_str(name).is_ok()
        || syscalls::x86::Sysno::from_str(name).is_ok()
        || syscalls::aarch64::Sysno::from_str(name).is_ok()
        || syscalls::arm::Sysno::from_str(name).is_ok()
}

/// Above every table's last ordinary number.
const MOST_CALLS: usize = 1024;

const ARM_PRIVATE: u32 = 0x0f_0000;
const ARM_OWN: [(&str, u32); 4] = [
    ("breakpoint", ARM_PRIVATE + 1),
    ("cacheflush", ARM_PRIVATE + 2),
    ("set_tls", ARM_PRIVATE + 5),
    ("get_tls", ARM_PRIVATE + 6),
];

const X32: [(&str, u32); 36] = [
    ("rt_sigaction", 512),
    ("rt_sigreturn", 513),
    ("ioctl", 514),
    ("readv", 515),
    ("writev", 516),
    ("recvfrom", 517),
    ("sendmsg", 518),
    ("recvmsg", 519),
    ("execve", 520),
    ("ptrace", 521),
    ("rt_sigpending", 522),
    ("rt_sigtimedwait", 523),
    ("rt_sigqueueinfo", 524),
    ("sigaltstack", 525),
    ("timer_create", 526),
    ("mq_notify", 527),
    ("kexec_load", 528),
    ("waitid", 529),
    ("set_robust_list", 530),
    ("get_robust_list", 531),
    ("vmsplice", 532),
    ("move_pages", 533),
    ("preadv", 534),
    ("pwritev", 535),
    ("rt_tgsigqueueinfo", 536),
    ("recvmmsg", 537),
    ("sendmmsg", 538),
    ("process_vm_readv", 539),
    ("process_vm_writev", 540),
    ("setsockopt", 541),
    ("getsockopt", 542),
    ("io_setup", 543),
    ("io_submit", 544),
    ("execveat", 545),
    ("preadv2", 546),
    ("pwritev2", 547),
];
