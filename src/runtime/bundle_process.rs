//! The first process of a bundle's container, and one more of `exec`: runtime-spec config.md,
//! "Process".
//!
//! Everything that may fail for the spec's own words comes before the wait for `start`, so that
//! `create` tells of it; what takes rights away comes after.

use std::os::fd::RawFd;
use std::path::Path;

use oci_spec::runtime::{Linux, Process, Spec};

use crate::runtime::bundle::{Security, Session, first_process, hook_step, terminal};
use crate::runtime::bundle_step::BundleStep;
use crate::runtime::capability::bits;
use crate::runtime::error::Error;
use crate::runtime::limits;
use crate::runtime::plan::{CLONE_NEWNET, Plan, candidates};
use crate::runtime::step::{Register, Step, Want};
use crate::runtime::terms;

impl Plan {
    /// Plans one more process in a container; `kinds` are the namespaces to join through the
    /// pidfd of its first process.
    pub fn bundle_exec(
        process: &Process,
        session: &Session,
        init: RawFd,
        kinds: u64,
    ) -> Result<Self, Error> {
        let mut builder = vec![Step::Dumpable(false)];
        if kinds != 0 {
            builder.push(Step::Join {
                fd: init,
                flags: kinds,
                what: "the container".to_owned(),
            });
        }
        if process.terminal().unwrap_or(false) {
            builder.push(Step::Open {
                to: Register::PTS,
                path: "/dev/pts".to_owned(),
                want: Want::Directory,
            });
            builder.extend(terminal(process));
        }
        builder.push(first_process(0));
        builder.push(Step::Release);
        let mut init = Vec::new();
        if let Some(affinity) = process.exec_cpu_affinity()
            && let Some(list) = affinity.initial()
        {
            let mask = terms::mask("process.execCPUAffinity.initial", list)?;
            init.push(Step::Bundle(BundleStep::Affinity(mask)));
        }
        init.extend(label_file(process, session.security)?);
        init.push(Step::Await);
        init.extend(prepared(process, session)?);
        init.push(Step::Ready);
        if let Some(affinity) = process.exec_cpu_affinity()
            && let Some(list) = affinity.cpu_affinity_final()
        {
            let mask = terms::mask("process.execCPUAffinity.final", list)?;
            init.push(Step::Bundle(BundleStep::Affinity(mask)));
        }
        init.extend(workload(process, session)?);
        Ok(Self {
            builder,
            helper: Vec::new(),
            init,
        })
    }
}

/// The first process's list.
pub(super) fn init(
    spec: &Spec,
    linux: &Linux,
    process: &Process,
    session: &Session,
    own: u64,
) -> Result<Vec<Step>, Error> {
    let mut steps = label_file(process, session.security)?;
    steps.push(Step::Await);
    if let Some(name) = spec.hostname().as_ref().filter(|name| !name.is_empty()) {
        steps.push(Step::Hostname(name.clone()));
    }
    if let Some(name) = spec.domainname().as_ref().filter(|name| !name.is_empty()) {
        steps.push(Step::Bundle(BundleStep::DomainName(name.clone())));
    }
    if own & CLONE_NEWNET != 0 {
        steps.push(Step::Loopback);
    }
    if let Some(personality) = linux.personality() {
        let persona = terms::personality(personality)?;
        steps.push(Step::Bundle(BundleStep::Personality(persona)));
    }
    if let Some(policy) = linux.memory_policy() {
        let (mode, mask) = terms::memory_policy(policy)?;
        steps.push(Step::Bundle(BundleStep::MemoryPolicy { mode, mask }));
    }
    steps.extend(prepared(process, session)?);
    steps.push(Step::Bundle(BundleStep::AwaitStart(session.listen)));
    if let Some(hooks) = spec.hooks() {
        for hook in hooks.start_container().iter().flatten() {
            steps.push(hook_step(hook, ("startContainer", 0), &session.states[1]));
        }
    }
    steps.extend(workload(process, session)?);
    Ok(steps)
}

/// Opens where the label for the next execve goes, while the host's procfs is in sight.
fn label_file(process: &Process, security: Security) -> Result<Vec<Step>, Error> {
    let (apparmor, selinux) = labels(process);
    match (apparmor, selinux) {
        (Some(_), _) if !security.apparmor => Err(Error::refused(
            "process.apparmorProfile",
            "AppArmor is not enabled on this machine",
        )),
        (Some(_), _) => {
            let new = "/proc/self/attr/apparmor/exec";
            let path = match Path::new(new).exists() {
                true => new,
                false => "/proc/self/attr/exec",
            };
            Ok(vec![Step::Bundle(BundleStep::OpenLabel(path.to_owned()))])
        }
        (None, Some(_)) if security.selinux => {
            let path = "/proc/self/attr/exec".to_owned();
            Ok(vec![Step::Bundle(BundleStep::OpenLabel(path))])
        }
        // A label without SELinux means nothing, and engines write one always.
        _ => Ok(Vec::new()),
    }
}

fn labels(process: &Process) -> (Option<&str>, Option<&str>) {
    let set = |word: &'_ Option<String>| word.as_deref().is_some_and(|word| !word.is_empty());
    let apparmor = process.apparmor_profile();
    let selinux = process.selinux_label();
    (
        apparmor.as_deref().filter(|_| set(apparmor)),
        selinux.as_deref().filter(|_| set(selinux)),
    )
}

/// What a first process does before it waits for the start.
fn prepared(process: &Process, session: &Session) -> Result<Vec<Step>, Error> {
    let mut steps = Vec::new();
    if session.new_keyring {
        steps.push(Step::Keyring);
    }
    steps.push(Step::Dumpable(false));
    if let Some(scheduler) = process.scheduler() {
        let terms = terms::scheduler(scheduler)?;
        steps.push(Step::Bundle(BundleStep::Scheduler(terms)));
    }
    if let Some(priority) = process.io_priority() {
        let priority = terms::io_priority(priority)?;
        steps.push(Step::Bundle(BundleStep::IoPriority(priority)));
    }
    steps.push(Step::Bundle(BundleStep::InheritStdio {
        tty: process.terminal().unwrap_or(false),
        uid: process.user().uid(),
    }));
    for limit in process.rlimits().iter().flatten() {
        steps.push(limits::step(limit.typ(), limit.soft(), limit.hard()));
    }
    steps.push(Step::Chdir(process.cwd().to_string_lossy().into_owned()));
    steps.push(Step::Bundle(BundleStep::Find(candidates(process))));
    Ok(steps)
}

/// From a process with every right in its namespace to the workload.
fn workload(process: &Process, session: &Session) -> Result<Vec<Step>, Error> {
    let user = process.user();
    let no_new_privileges = process.no_new_privileges().unwrap_or(false);
    let mut steps = vec![Step::Umask(user.umask().unwrap_or(0o022))];
    let capabilities = process.capabilities().clone();
    let capabilities = capabilities.as_ref();
    let set = |choose: fn(&oci_spec::runtime::LinuxCapabilities) -> &Option<_>| {
        bits(capabilities.and_then(|all| choose(all).as_ref()))
    };
    steps.push(Step::Bound(set(|all| all.bounding())));
    let filter = session.seccomp.as_ref().map(|filter| {
        Step::Bundle(BundleStep::Seccomp {
            flags: filter.flags,
            filter: filter.program.clone(),
        })
    });
    // Without no_new_privs a filter takes CAP_SYS_ADMIN, which goes with the next steps.
    if !no_new_privileges {
        steps.extend(filter.clone());
    }
    let additional = user.additional_gids().as_deref().unwrap_or_default();
    if !session.deny_groups {
        steps.push(Step::Groups(additional.to_vec()));
    } else if !additional.is_empty() {
        return Err(Error::refused(
            "process.user.additionalGids",
            "a user namespace with one id only has no groups",
        ));
    }
    steps.push(Step::Ids {
        uid: user.uid(),
        gid: user.gid(),
    });
    steps.push(Step::Capabilities {
        effective: set(|all| all.effective()),
        permitted: set(|all| all.permitted()),
        inheritable: set(|all| all.inheritable()),
        ambient: set(|all| all.ambient()),
    });
    // Once more, as the user: a directory it may not enter is none (CVE-2024-21626).
    steps.push(Step::Chdir(process.cwd().to_string_lossy().into_owned()));
    match labels(process) {
        (Some(profile), _) => {
            let text = format!("exec {profile}");
            steps.push(Step::Bundle(BundleStep::Label(text)));
        }
        (None, Some(label)) if session.security.selinux => {
            steps.push(Step::Bundle(BundleStep::Label(label.to_owned())));
        }
        _ => {}
    }
    if !session.preserve.is_empty() {
        steps.push(Step::Bundle(BundleStep::Preserve(session.preserve.clone())));
    }
    if no_new_privileges {
        steps.push(Step::NoNewPrivileges);
        steps.extend(filter);
    }
    steps.push(Step::Exec {
        keep: session.preserve.len() as u32,
        candidates: candidates(process),
        argv: process.args().clone().unwrap_or_default(),
        env: process.env().clone().unwrap_or_default(),
    });
    Ok(steps)
}
