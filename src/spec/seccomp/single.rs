//! With a single mapped id no file can change its owner and no process its user; here the calls
//! that ask for it seem to succeed, so that package managers work (the ladder's lowest id rung).
//!
//! Success without effect is SECCOMP_RET_ERRNO with errno 0: seccomp(2). Only device nodes are
//! pretended; fifos, sockets and plain files are really made.

use oci_spec::runtime::{
    Arch as OciArch, LinuxSeccomp, LinuxSeccompAction as Action, LinuxSeccompArg, LinuxSyscall,
};

use crate::spec::seccomp::Arch;
use crate::spec::seccomp::conditions::masked;

const PRETENDED: &str = "chown chown32 fchown fchown32 fchownat lchown lchown32 setfsgid setfsgid32 \
    setfsuid setfsuid32 setgid setgid32 setgroups setgroups32 setregid setregid32 setresgid \
    setresgid32 setresuid setresuid32 setreuid setreuid32 setuid setuid32";

/// The call and which argument is its mode.
const NODES: [(&str, usize); 2] = [("mknod", 1), ("mknodat", 2)];

const FORMAT: u32 = 0o170_000;
const CHARACTER: u32 = 0o020_000;
const BLOCK: u32 = 0o060_000;

/// Adds the pretended calls to a filter; without one, a filter that allows everything else.
pub fn pretend(filter: Option<LinuxSeccomp>, arch: Arch) -> LinuxSeccomp {
    let mut filter = filter.unwrap_or_else(|| unfiltered(arch));
    let names: Vec<&str> = PRETENDED.split_whitespace().collect();
    let nodes = NODES.map(|(name, _)| name);
    let mut rules = filter.syscalls().clone().unwrap_or_default();
    // An allow rule would compete; a deny rule stays and, being stricter, wins nothing: errno 0
    // and another errno are equally strict, so the denied call keeps its rule and gets no new one.
    let denied: Vec<String> = rules
        .iter()
        .filter(|rule| rule.action() != Action::ScmpActAllow)
        .flat_map(|rule| rule.names().clone())
        .collect();
    for rule in &mut rules {
        if rule.action() == Action::ScmpActAllow {
            let kept =
                |name: &String| !names.contains(&name.as_str()) && !nodes.contains(&name.as_str());
            rule.set_names(
                rule.names()
                    .iter()
                    .filter(|name| kept(name))
                    .cloned()
                    .collect(),
            );
        }
    }
    rules.retain(|rule| !rule.names().is_empty());
    let free = |name: &&str| !denied.iter().any(|other| other == name);
    let free_names: Vec<String> = names.into_iter().filter(free).map(str::to_owned).collect();
    rules.push(rule(free_names, Action::ScmpActErrno, None));
    for (name, index) in NODES.into_iter().filter(|(name, _)| free(name)) {
        let named = || vec![name.to_owned()];
        for kind in [CHARACTER, BLOCK] {
            let device = masked(index, FORMAT, kind);
            rules.push(rule(named(), Action::ScmpActErrno, Some(device)));
        }
        // Everything that is not 0?10: the bits in which neither kind of device node is.
        for (bit, value) in [
            (0o020_000, 0),
            (0o010_000, 0o010_000),
            (0o100_000, 0o100_000),
        ] {
            rules.push(rule(
                named(),
                Action::ScmpActAllow,
                Some(masked(index, bit, value)),
            ));
        }
    }
    filter.set_syscalls(Some(rules));
    filter
}

fn unfiltered(arch: Arch) -> LinuxSeccomp {
    let mut filter = LinuxSeccomp::default();
    filter.set_default_action(Action::ScmpActAllow);
    filter.set_architectures(Some(match arch {
        Arch::X86_64 => vec![
            OciArch::ScmpArchX86_64,
            OciArch::ScmpArchX86,
            OciArch::ScmpArchX32,
        ],
        Arch::Aarch64 => vec![OciArch::ScmpArchAarch64, OciArch::ScmpArchArm],
    }));
    filter
}

fn rule(names: Vec<String>, action: Action, arg: Option<LinuxSeccompArg>) -> LinuxSyscall {
    let mut rule = LinuxSyscall::default();
    rule.set_names(names);
    rule.set_action(action);
    rule.set_errno_ret((action == Action::ScmpActErrno).then_some(0));
    rule.set_args(arg.map(|arg| vec![arg]));
    rule
}
