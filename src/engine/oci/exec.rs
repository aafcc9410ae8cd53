//! `exec`: one more process in a container.

use std::os::fd::AsFd;
use std::os::fd::OwnedFd;

use crate::engine::oci::create::write_pid;
use crate::engine::oci::foreground::{self, Outcome};
use crate::engine::oci::{Container, Error, Exec, Runtime, Status, cgroup, prepare};
use crate::runtime::bundle::Session;
use crate::runtime::bundle_mounts::CgroupView;
use crate::runtime::conduct::{Conducted, Word, conduct};
use crate::runtime::launch::{Failure, Orders, Passed};
use crate::runtime::plan::Plan;
use crate::sys;
use crate::sys::namespace;
use crate::sys::process::Pidfd;

/// Every kind of namespace, by its name in /proc/PID/ns and its flag: namespaces(7).
const KINDS: [(&str, u64); 8] = [
    ("cgroup", 0x0200_0000),
    ("ipc", 0x0800_0000),
    ("mnt", 0x0002_0000),
    ("net", 0x4000_0000),
    ("pid", 0x2000_0000),
    ("time", 0x80),
    ("user", 0x1000_0000),
    ("uts", 0x0400_0000),
];

impl Runtime {
    /// Runs a process in a container; in the foreground it is waited for.
    pub fn exec(&self, request: &Exec, detach: bool) -> Result<Outcome, Error> {
        crate::runtime::refuse::check_process(&request.process)?;
        let container = self.container(&request.id)?;
        let status = self.status(&container);
        let init = container.init();
        let (Status::Created | Status::Running, Some(init)) = (status, init) else {
            return Err(Error::State {
                what: "exec in",
                id: request.id.clone(),
                status: status.word(),
            });
        };
        if detach {
            let socket = request.console_socket.as_deref();
            let console = prepare::console(&request.process, socket)?;
            let (conducted, pid) = self.begin(request, &container, &init, console)?;
            conducted.finish()?;
            write_pid(request.pid_file.as_deref(), pid)?;
            return Ok(Outcome::Detached);
        }
        sys::process::become_subreaper()?;
        let socket = request.console_socket.as_deref();
        let terminal = foreground::Terminal::wanted(&request.process, socket)?;
        let (conducted, pid) = self.begin(request, &container, &init, terminal.theirs()?)?;
        // Our child, or about to be: nobody else collects it, so the number stays its.
        let process = Pidfd::open(pid)?;
        conducted.finish()?;
        write_pid(request.pid_file.as_deref(), pid)?;
        foreground::wait(&process, terminal)
    }

    fn begin(
        &self,
        request: &Exec,
        container: &Container,
        init: &Pidfd,
        console: Option<OwnedFd>,
    ) -> Result<(Conducted, i32), Error> {
        let spec = container.spec()?;
        let linux = spec.linux().clone().unwrap_or_default();
        let mut process = request.process.clone();
        let mut passed = Passed::default();
        let preserve = request.preserve.pass(&mut process, &mut passed)?;
        let pidfd = prepare::copy(init.as_fd(), &mut passed)?;
        let pid = container.record.init.map_or(0, |init| init.pid);
        let groups = std::fs::read_to_string(format!("/proc/{pid}/setgroups"));
        let session = Session {
            bundle: container.record.bundle.clone(),
            privileged: prepare::privileged(),
            join_user: None,
            join: Vec::new(),
            deny_groups: groups.is_ok_and(|word| word.trim() == "deny"),
            cgroups: CgroupView::Fresh,
            seccomp: prepare::filter(linux.seccomp().as_ref())?,
            listen: -1,
            preserve,
            new_keyring: true,
            security: prepare::security(),
            states: Default::default(),
        };
        let plan = Plan::bundle_exec(&process, &session, pidfd, kinds(pid)?)?;
        let orders = Orders {
            session: true,
            primary: console.map(|fd| passed.add(fd)),
            ..Orders::default()
        };
        let mut conducted = conduct(plan, passed, &orders)?;
        let mut ready = 0;
        loop {
            match conducted.next_word()? {
                Word::Init(_) => {}
                Word::Ready(pid) => {
                    ready = pid;
                    self.settle(container, &process, request.cgroup.as_deref(), pid)?;
                    conducted.resume()?;
                }
                Word::Running => return Ok((conducted, ready)),
                Word::Held { .. } => return Err(Failure::Lost.into()),
            }
        }
    }

    /// Does for the new process what only the command can do.
    fn settle(
        &self,
        container: &Container,
        process: &oci_spec::runtime::Process,
        below: Option<&str>,
        pid: i32,
    ) -> Result<(), Error> {
        cgroup::join(container, below, pid)?;
        if let Some(score) = process.oom_score_adj() {
            let path = format!("/proc/{pid}/oom_score_adj");
            std::fs::write(&path, score.to_string())
                .map_err(|error| Error::file("writing", std::path::Path::new(&path), error))?;
        }
        Ok(())
    }
}

/// The namespaces of a process that are not our own.
fn kinds(pid: i32) -> Result<u64, Error> {
    let mut kinds = 0;
    for (name, flag) in KINDS {
        let Ok(ours) = namespace::own(name) else {
            continue; // a kernel without time namespaces
        };
        if !namespace::same(ours, namespace::of_process(pid, name)?)? {
            kinds |= flag;
        }
    }
    Ok(kinds)
}
