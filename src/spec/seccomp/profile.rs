//! Profiles in the JSON form of Docker and Podman, and their reduction to the OCI form.
//!
//! moby's `seccomp.json` with `includes`/`excludes`, its older form with one `name` per rule,
//! Podman's `errno` names, and plain OCI `linux.seccomp` objects are read. Unknown fields are
//! refused: a misspelt condition must not widen a profile (S-68). SCMP_ACT_NOTIFY is refused,
//! for nobody would answer.

use std::path::Path;

use oci_spec::runtime::{
    Arch as OciArch, LinuxSeccomp, LinuxSeccompAction as Action, LinuxSeccompArg,
    LinuxSeccompFilterFlag, LinuxSyscall,
};
use serde::{Deserialize, Deserializer, Serialize};

use crate::spec::error::Error;
use crate::spec::seccomp::{Arch, Conditions};
use crate::spec::security;

/// The longest profile that is read.
pub const MAX_PROFILE: usize = 4 << 20;

/// A profile whose conditions are not yet decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Profile {
    pub default_action: Action,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_errno_ret: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_errno: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "nullable"
    )]
    pub arch_map: Vec<ArchMap>,
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "nullable"
    )]
    pub architectures: Vec<OciArch>,
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "nullable"
    )]
    pub flags: Vec<LinuxSeccompFilterFlag>,
    #[serde(default, deserialize_with = "nullable")]
    pub syscalls: Vec<Rule>,
}

/// Which 32-bit companions an architecture's processes may use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchMap {
    pub architecture: OciArch,
    #[serde(default, deserialize_with = "nullable")]
    pub sub_architectures: Vec<OciArch>,
}

/// One rule: these calls, if these conditions hold, get this action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    #[serde(default, deserialize_with = "nullable")]
    pub names: Vec<String>,
    /// The older form's single call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub action: Action,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errno_ret: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errno: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "nullable"
    )]
    pub args: Vec<LinuxSeccompArg>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Filter::is_empty",
        deserialize_with = "nullable"
    )]
    pub includes: Filter,
    #[serde(
        default,
        skip_serializing_if = "Filter::is_empty",
        deserialize_with = "nullable"
    )]
    pub excludes: Filter,
}

/// A rule's conditions on where it runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Filter {
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "nullable"
    )]
    pub caps: Vec<String>,
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "nullable"
    )]
    pub arches: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_kernel: Option<String>,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            default_action: Action::ScmpActErrno,
            default_errno_ret: None,
            default_errno: None,
            arch_map: Vec::new(),
            architectures: Vec::new(),
            flags: Vec::new(),
            syscalls: Vec::new(),
        }
    }
}

impl Rule {
    /// Allows calls, given as words.
    pub(super) fn allow(names: &str) -> Self {
        Self {
            names: names.split_whitespace().map(str::to_owned).collect(),
            name: None,
            action: Action::ScmpActAllow,
            errno_ret: None,
            errno: None,
            args: Vec::new(),
            comment: None,
            includes: Filter::default(),
            excludes: Filter::default(),
        }
    }
}

impl Filter {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Go writes an absent list or object as `null`.
fn nullable<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(d: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(d)?.unwrap_or_default())
}

impl Profile {
    /// Reads a profile; the path is for messages only.
    pub fn parse(bytes: &[u8], path: &Path) -> Result<Self, Error> {
        let refuse = |reason: String| Error::Profile {
            path: path.to_owned(),
            reason,
        };
        if bytes.len() > MAX_PROFILE {
            return Err(refuse("larger than 4 MiB".to_owned()));
        }
        let profile: Self = serde_json::from_slice(bytes)
            .map_err(|error| refuse(crate::types::escape::visible(&error.to_string())))?;
        profile.check().map_err(refuse)?;
        Ok(profile)
    }

    fn check(&self) -> Result<(), String> {
        errno(self.default_errno_ret, self.default_errno.as_deref())?;
        if self.default_action == Action::ScmpActNotify {
            return Err("SCMP_ACT_NOTIFY is not supported".to_owned());
        }
        for rule in &self.syscalls {
            let names = rule.call_names();
            let Some(first) = names.first() else {
                return Err("a rule without names".to_owned());
            };
            let first = crate::types::escape::quoted(first);
            errno(rule.errno_ret, rule.errno.as_deref()).map_err(|e| format!("{first}: {e}"))?;
            if rule.action == Action::ScmpActNotify {
                return Err(format!("{first}: SCMP_ACT_NOTIFY is not supported"));
            }
            if rule.args.iter().any(|arg| arg.index() > 5) {
                return Err(format!("{first}: a system call has six arguments"));
            }
            for filter in [&rule.includes, &rule.excludes] {
                filter.check().map_err(|e| format!("{first}: {e}"))?;
            }
        }
        Ok(())
    }

    /// Decides the conditions: what remains is the filter of one container on one kernel.
    pub fn evaluate(&self, on: Conditions) -> Result<LinuxSeccomp, Error> {
        let unparsed = |reason| Error::Rule {
            syscall: "the profile".to_owned(),
            reason,
        };
        let mut filter = LinuxSeccomp::default();
        filter.set_default_action(self.default_action);
        let default = errno(self.default_errno_ret, self.default_errno.as_deref());
        filter.set_default_errno_ret(default.map_err(|_| unparsed("not an errno"))?);
        filter.set_architectures(Some(self.architectures_on(on.arch)));
        filter.set_flags((!self.flags.is_empty()).then(|| self.flags.clone()));
        let mut rules = Vec::new();
        for rule in self.syscalls.iter().filter(|rule| rule.applies(on)) {
            let mut oci = LinuxSyscall::default();
            oci.set_names(rule.call_names());
            oci.set_action(rule.action);
            let ret = errno(rule.errno_ret, rule.errno.as_deref());
            oci.set_errno_ret(ret.map_err(|_| unparsed("not an errno"))?);
            oci.set_args((!rule.args.is_empty()).then(|| rule.args.clone()));
            rules.push(oci);
        }
        filter.set_syscalls(Some(rules));
        Ok(filter)
    }

    fn architectures_on(&self, arch: Arch) -> Vec<OciArch> {
        let native = match arch {
            Arch::X86_64 => OciArch::ScmpArchX86_64,
            Arch::Aarch64 => OciArch::ScmpArchAarch64,
        };
        let mut all = vec![native];
        let mapped = self.arch_map.iter().find(|map| map.architecture == native);
        let subs = mapped.map(|map| &map.sub_architectures);
        for extra in subs.unwrap_or(&self.architectures) {
            if !all.contains(extra) {
                all.push(*extra);
            }
        }
        all
    }
}

impl Rule {
    fn call_names(&self) -> Vec<String> {
        self.names.iter().chain(&self.name).cloned().collect()
    }

    fn applies(&self, on: Conditions) -> bool {
        let has = |name: &String| {
            security::capability(name).is_some_and(|capability| on.caps.has(capability))
        };
        let here = |arch: &String| arch == on.arch.go_name();
        let reached = |filter: &Filter| {
            filter
                .min_kernel
                .as_deref()
                .map(|version| kernel_version(version).is_some_and(|version| on.kernel >= version))
        };
        let (yes, no) = (&self.includes, &self.excludes);
        yes.caps.iter().all(has)
            && (yes.arches.is_empty() || yes.arches.iter().any(here))
            && reached(yes) != Some(false)
            && !no.caps.iter().any(has)
            && !no.arches.iter().any(here)
            && reached(no) != Some(true)
    }
}

impl Filter {
    fn check(&self) -> Result<(), String> {
        for name in &self.caps {
            if security::capability(name).is_none() {
                let name = crate::types::escape::quoted(name);
                return Err(format!("unknown capability {name}"));
            }
        }
        match self.min_kernel.as_deref() {
            Some(version) if kernel_version(version).is_none() => {
                let version = crate::types::escape::quoted(version);
                Err(format!("{version} is not a kernel version such as 4.8"))
            }
            _ => Ok(()),
        }
    }
}

/// `4.8` or `4.8.1` → (4, 8)
fn kernel_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.split('.');
    let major = parts.next()?.parse().ok()?;
    let minor = parts.next()?.parse().ok()?;
    Some((major, minor))
}

/// Returns the errno of an action, by number or, in Podman's files, by name.
fn errno(number: Option<u32>, name: Option<&str>) -> Result<Option<u32>, String> {
    // MAX_ERRNO of the kernel; more would read as an address.
    match number {
        Some(number) if number > 4095 => return Err(format!("{number} is not an errno")),
        Some(number) => return Ok(Some(number)),
        None => {}
    }
    const NAMES: [(&str, u32); 12] = [
        ("EPERM", 1),
        ("ENOENT", 2),
        ("EIO", 5),
        ("ENXIO", 6),
        ("EAGAIN", 11),
        ("ENOMEM", 12),
        ("EACCES", 13),
        ("EBUSY", 16),
        ("ENODEV", 19),
        ("EINVAL", 22),
        ("ENOSYS", 38),
        ("EOPNOTSUPP", 95),
    ];
    match name.filter(|name| !name.is_empty()) {
        None => Ok(None),
        Some(name) => match NAMES.iter().find(|known| known.0 == name) {
            Some((_, number)) => Ok(Some(*number)),
            None => Err(format!(
                "{}: give errnoRet as a number",
                crate::types::escape::quoted(name)
            )),
        },
    }
}
