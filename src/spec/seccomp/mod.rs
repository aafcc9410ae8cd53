//! System call filters: the default profile, user profiles, and the compiler to BPF.
//!
//! The road: [`Profile`] (Docker's JSON form, with conditions on capabilities, kernel and
//! architecture) → `LinuxSeccomp` (the OCI form, conditions decided, goes into config.json) →
//! [`compile()`] (the program the kernel loads). Each step is data in, data out.
//!
//! Where rules about one call overlap: of those without conditions the first holds, as in
//! libseccomp; of those with conditions that match, the strictest, if it is stricter than that.
//! So a conditional deny rule is never lost, which libseccomp does lose beside a plain allow.

mod asm;
pub mod compile;
mod conditions;
pub mod default;
mod numbers;
pub mod profile;
mod single;

#[cfg(test)]
mod tests;

use oci_spec::runtime::LinuxSeccomp;

pub use compile::{Compiled, compile};
pub use profile::Profile;

use crate::spec::error::Error;
use crate::spec::security::CapSet;
use crate::spec::{Input, is_unconfined};
use crate::types::Digest;

/// The machine's own instruction set; its 32-bit companions come with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arch {
    X86_64,
    Aarch64,
}

impl Arch {
    /// The architecture this program was built for, if a filter can be made for it.
    pub fn native() -> Option<Self> {
        match std::env::consts::ARCH {
            "x86_64" => Some(Self::X86_64),
            "aarch64" => Some(Self::Aarch64),
            _ => None,
        }
    }

    /// The word profiles use in `includes` and `excludes`.
    fn go_name(self) -> &'static str {
        match self {
            Self::X86_64 => "amd64",
            Self::Aarch64 => "arm64",
        }
    }
}

/// What a profile's conditions are decided by.
#[derive(Debug, Clone, Copy)]
pub struct Conditions {
    /// The container's bounding set.
    pub caps: CapSet,
    pub kernel: (u32, u32),
    pub arch: Arch,
}

/// Returns the filter of a container, or `None` for one without.
pub(crate) fn for_container(
    input: &Input<'_>,
    bounding: CapSet,
) -> Result<Option<LinuxSeccomp>, Error> {
    let conditions = Conditions {
        caps: bounding,
        kernel: input.machine.kernel,
        arch: input.machine.arch,
    };
    let chosen = if is_unconfined(&input.record.request) {
        None
    } else {
        let default;
        let profile = match input.profile {
            Some(profile) => profile,
            None => {
                default = default::profile();
                &default
            }
        };
        Some(profile.evaluate(conditions)?)
    };
    if input.single_id {
        return Ok(Some(single::pretend(chosen, input.machine.arch)));
    }
    Ok(chosen)
}

/// Names a filter's program: equal keys mean equal bytes, as long as this binary lives.
pub fn cache_key(seccomp: &LinuxSeccomp) -> Digest {
    let text = serde_json::to_vec(seccomp).expect("a filter has only string keys");
    Digest::of(&[env!("CARGO_PKG_VERSION").as_bytes(), &text].concat())
}
