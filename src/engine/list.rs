//! What containers there are, and what each is doing: derived from facts, every time.
//!
//! | exit record | monitor's lock held | run record | status |
//! |---|---|---|---|
//! | yes | – | – | exited |
//! | no | yes | yes | running; stopping once somebody asked for its end; paused when frozen |
//! | no | yes | no | initialized: being started |
//! | no | yes | held | initialized, until its monitor supervises |
//! | no | no | yes | died unseen: settled here, then exited |
//! | no | no | no | created |

use crate::engine::cgroup::cgroup_of;
use crate::engine::start::unknown_exit;
use crate::engine::views::Container;
use crate::engine::{Engine, Error, Kind};
use crate::store;
use crate::sys::namespace;
use crate::sys::process::Pidfd;
use crate::types::container::ProcessStamp;
use crate::types::{ContainerId, ContainerRecord, Event, RunRecord, Status};
use crate::userns::machine;

const SIGKILL: i32 = 9;

impl Engine {
    /// Every container, newest last. One whose record is damaged is told, and left out; a build's
    /// own are left out too.
    pub fn containers(&self) -> Result<Vec<Container>, Error> {
        let mut all = Vec::new();
        for entry in self.store()?.containers()? {
            let record = match entry.record() {
                Ok(record) => record,
                Err(error @ store::Error::Damaged { .. }) => {
                    self.tell_damage(&error);
                    continue;
                }
                Err(store::Error::Unknown { .. }) => continue,
                Err(error) => return Err(error.into()),
            };
            match self.view(record) {
                Ok(container) => all.extend(container.filter(|c| !c.record.request.of_build)),
                // Removed while it was being looked at.
                Err(error) if error.kind == Kind::NoSuchObject => {}
                Err(error) => return Err(error),
            }
        }
        all.sort_by_key(|container| container.record.created);
        Ok(all)
    }

    /// One container by full id, name or unambiguous id prefix.
    pub fn container(&self, name: &str) -> Result<Container, Error> {
        let store = self.store()?;
        let record = store.container(&store.find_container(name)?)?;
        self.view(record)?.ok_or_else(|| no_such_container(name))
    }

    /// Adds to a record what is going on; `None` when settling removed it.
    fn view(&self, mut record: ContainerRecord) -> Result<Option<Container>, Error> {
        let store = self.store()?;
        let foreign = record.machine_id != machine::machine_id();
        if record.request.of_build && !foreign && self.is_of_no_build(&record)? {
            return Ok(None);
        }
        let (mut run, mut exit) = (store.run(&record.id)?, store.exit(&record.id)?);
        let mut status = match (&exit, &run) {
            (Some(_), _) => Status::Exited,
            (None, _) if foreign => Status::Unknown,
            (None, run) => match (store.monitor_alive(&record.id), run) {
                (true, Some(run)) if self.waits(run, &record.id)? => Status::Initialized,
                (true, Some(_)) => Status::Running,
                (true, None) => Status::Initialized,
                (false, None) => Status::Created,
                (false, Some(_)) => Status::Unknown,
            },
        };
        let begun = record.request.remove && record.request.runs_at_once;
        if status == Status::Created && begun && !foreign && self.is_nobodys(&record)? {
            return Ok(None);
        }
        if status == Status::Created && !foreign {
            self.clear_broken_start(&record.id);
        }
        if status == Status::Unknown && !foreign {
            if !self.settle(&record)? {
                return Ok(None);
            }
            (run, exit) = (store.run(&record.id)?, store.exit(&record.id)?);
            let alive = exit.is_none() && store.monitor_alive(&record.id);
            status = match (alive, &run) {
                (true, _) => Status::Running,
                (false, None) => Status::Created,
                (false, Some(_)) => Status::Exited,
            };
        }
        if let Some(run) = run.as_ref().filter(|run| !run.ports.is_empty()) {
            record.ports = run.ports.clone();
        }
        if matches!(status, Status::Exited | Status::Created) && !foreign {
            self.leave_forgotten_networks(&record);
        }
        // Nobody came to remove it: the command and what follows an exit were both killed.
        if status == Status::Exited && record.request.remove && !foreign {
            match self.discard_unless_running(&record, true) {
                Err(error) if error.kind != Kind::NoSuchObject => self.warn(&error.to_string()),
                Ok(false) => {
                    // Started again while we waited for its lock.
                    (run, exit) = (store.run(&record.id)?, store.exit(&record.id)?);
                    status = Status::Running;
                }
                _ => return Ok(None),
            }
        }
        let stopped_by_user = store.is_marked_stopped(&record.id);
        if status == Status::Running && store.stopper(&record.id).is_some_and(is_still_there) {
            status = Status::Stopping;
        }
        let lives = matches!(status, Status::Running | Status::Stopping);
        let cgroup = run.as_ref().filter(|_| lives);
        if cgroup.is_some_and(|run| cgroup_of(&record.id, run).is_some_and(|c| c.is_frozen())) {
            status = Status::Paused;
        }
        let log_path = self.log_path(&record)?;
        let directory = store.container_dir(&record.id);
        let health = record.health.is_some().then(|| self.health_state(&record));
        let exec_ids = match status {
            Status::Running | Status::Paused => self.exec_sessions(&record.id)?,
            _ => Vec::new(),
        };
        Ok(Some(Container {
            exec_ids,
            health,
            record,
            status,
            run,
            exit,
            stopped_by_user,
            foreign,
            directory,
            log_path,
        }))
    }

    /// Whether a run was only prepared: its monitor supervises nothing yet.
    fn waits(&self, run: &RunRecord, id: &ContainerId) -> Result<bool, Error> {
        Ok(run.held.is_some() && !self.store()?.is_supervised(id))
    }

    /// Ends and throws away a step of a build that died.
    fn is_of_no_build(&self, record: &ContainerRecord) -> Result<bool, Error> {
        let store = self.store()?;
        if store.is_in_the_making(&record.id) {
            return Ok(false);
        }
        let lock = store.lock_container(&record.id)?;
        if let Some(run) = store.run(&record.id)? {
            end_survivors(&run);
        }
        drop(lock);
        self.await_monitor(&record.id)?;
        self.discard_container(record, true)?;
        Ok(true)
    }

    /// Throws away what a `run --rm` that died has made and never started.
    fn is_nobodys(&self, record: &ContainerRecord) -> Result<bool, Error> {
        let store = self.store()?;
        if store.is_in_the_making(&record.id) {
            return Ok(false);
        }
        // Looked at again under the lock; it may be started just now.
        let lock = store.lock_container(&record.id)?;
        let used = store.run(&record.id)?.is_some()
            || store.exit(&record.id)?.is_some()
            || store.monitor_alive(&record.id)
            || store.is_in_the_making(&record.id);
        drop(lock);
        if !used {
            self.discard_container(record, true)?;
        }
        Ok(!used)
    }

    /// Does what a killed monitor or a power cut left undone; false when the container went
    /// with it (`--rm`).
    pub(crate) fn settle(&self, record: &ContainerRecord) -> Result<bool, Error> {
        let store = self.store()?;
        let lock = store.lock_container(&record.id)?;
        let Some(run) = store.run(&record.id)? else {
            return Ok(true);
        };
        if store.exit(&record.id)?.is_some() || store.monitor_alive(&record.id) {
            return Ok(true);
        }
        let same_boot = run.boot_id == machine::boot_id();
        if same_boot {
            end_survivors(&run);
            crate::engine::strays::end_in(&run.runtime_dir);
            self.leave_networks(&record.id, record.name.as_str());
            self.remove_cgroups(&record.id, Some(&run));
        }
        if self.waits(&run, &record.id)? {
            let _ = crate::sys::tree::remove_path(&run.runtime_dir);
            store.forget_run(&record.id)?;
            return Ok(true);
        }
        let why = if same_boot {
            "its monitor was killed"
        } else {
            "the machine was restarted"
        };
        let written = self.with_space(|| Ok(store.write_exit(&record.id, &unknown_exit(why))?));
        // On a full disk it is as dead without a record; the next command tries again.
        if let Err(error) = written
            && !error.full
        {
            return Err(error);
        }
        self.record(Event::container(record, "died").with_code(255));
        self.record_container(record, "cleanup");
        crate::sys::failpoint::hit("engine.container.settled")?;
        if record.request.remove {
            drop(lock);
            self.discard_container(record, true)?;
            return Ok(false);
        }
        drop(lock);
        // Whoever came by may have wanted something else, such as a list.
        if let Err(error) = self.restart_if_wanted(record, same_boot) {
            self.warn(&error.to_string());
        }
        Ok(true)
    }

    /// Takes away what a start left that was killed before it was recorded.
    fn clear_broken_start(&self, id: &ContainerId) {
        let Ok(runtime) = self.runtime_dir() else {
            return;
        };
        let directory = runtime.join(id.as_str());
        if !directory.exists() {
            return;
        }
        // Whoever is starting it holds this lock until the monitor has its own: then it is not
        // broken, and nobody who only looks waits for it.
        let Ok(store) = self.store() else { return };
        let Ok(Some(_lock)) = store.try_lock_container(id) else {
            return;
        };
        if !store.monitor_alive(id) && matches!(store.run(id), Ok(None)) {
            crate::engine::strays::end_in(&directory);
            self.leave_networks(id, id.short());
            self.remove_cgroups(id, None);
            let _ = crate::sys::tree::remove_path(&directory);
        }
    }

    /// Refuses to touch a container of another machine that shares this home.
    pub(crate) fn refuse_foreign(&self, container: &Container) -> Result<(), Error> {
        if container.foreign {
            return Err(Error::of(
                Kind::InUse,
                format!(
                    "container {} belongs to another machine",
                    container.record.name
                ),
            )
            .hint("this home is shared; manage the container where it was made"));
        }
        Ok(())
    }

    /// The host ports of our other running containers.
    pub(crate) fn published_ports(
        &self,
        except: &ContainerId,
    ) -> Result<Vec<crate::network::Published>, Error> {
        let store = self.store()?;
        let mut all = Vec::new();
        for entry in store.containers()? {
            if entry.id == *except || !store.monitor_alive(&entry.id) {
                continue;
            }
            let Some(run) = store.run(&entry.id)?.filter(|run| !run.ports.is_empty()) else {
                continue;
            };
            all.push(crate::network::Published {
                container: match entry.record() {
                    Ok(record) => record.name.to_string(),
                    Err(_) => entry.id.short().to_owned(),
                },
                ports: run.ports,
            });
        }
        Ok(all)
    }
}

/// Ends init and the network helper of a run whose monitor is gone.
fn end_survivors(run: &RunRecord) {
    for stamp in [Some(run.init), run.network_helper].into_iter().flatten() {
        if let Some(process) = same_process(stamp) {
            let _ = process.signal(SIGKILL);
            let _ = process.ended_within(std::time::Duration::from_secs(5));
        }
    }
}

/// Whether the command that asked for a container's end is still at it: a killed one is not.
fn is_still_there(stamp: ProcessStamp) -> bool {
    crate::sys::process::start_time(stamp.pid) == Some(stamp.start_time)
}

/// Opens a process that was noted earlier, if it is still the same one (S-77).
pub(crate) fn same_process(stamp: ProcessStamp) -> Option<Pidfd> {
    let process = Pidfd::open(stamp.pid).ok()?;
    // Looked at after opening: the descriptor cannot come to mean another process.
    let same = crate::sys::process::start_time(stamp.pid) == Some(stamp.start_time);
    (same && !is_beside_us(stamp.pid)).then_some(process)
}

/// Whether a process lives in our own user namespace: nothing of a container does, whatever a
/// file says (S-77). One that cannot be looked at is none of the user's ordinary processes.
fn is_beside_us(pid: i32) -> bool {
    match (namespace::of_process(pid, "user"), namespace::own("user")) {
        (Ok(its), Ok(ours)) => namespace::same(its, ours).unwrap_or(true),
        _ => false,
    }
}

pub(crate) fn no_such_container(name: &str) -> Error {
    let name = crate::types::escape::quoted(name);
    Error::of(
        Kind::NoSuchObject,
        format!("no container with name or ID {name} found: no such container"),
    )
}
