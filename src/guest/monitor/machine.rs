//! Walks a list of steps: the acting side of every plan.
//!
//! ```text
//! monitor        builder                 helper              init
//!    │──fork+exec──▶│ join U0, mounts
//!    │              │──clone3(CLONE_PARENT)──────────────────▶│ AWAIT
//!    │◀──pid────────│ write maps
//!    │              │──fork──────────────▶│ join init's
//!    │              │                     │ namespaces: proc,
//!    │              │◀───────exit─────────│ sysfs, masks
//!    │              │ pivot
//!    │              │──release──────────────────────────────▶│ unshare, drop rights
//!    │◀─exit 0──────┘                                         │
//!    │◀─────────────────────────────────────────────ready─────│
//!    │──────────────────────────────────────────────go───────▶│ execve
//! ```
//!
//! A step that fails is told by index and errno over the status socket; whoever holds the
//! plan's source knows what it was about.

use crate::act_foreign;
use crate::act_init;
use crate::act_mount;
use crate::act_oci;
use crate::plan::Cursor;
use crate::plan::Plan;
use crate::plan::broken;
use crate::raw;
use crate::server;
use crate::wire;
use crate::wire::op;

/// What an actor carries from step to step.
pub struct Machine {
    pub plan: Plan,
    pub actor: u64,
    pub registers: [i32; wire::REGISTERS],
    /// Of the container's first process, once it exists.
    pub init_pid: i32,
    pub init_pidfd: i32,
    /// The container's side of its terminal, or -1.
    pub terminal: i32,
    /// The user namespace init shall be in, if it is another's, or -1.
    pub join_user: i32,
    /// To whom belongs what is made, if not to ourselves.
    pub owner: Option<(u64, u64)>,
    /// The step being performed.
    pub index: u64,
    /// Descriptors of the caller for the workload: where each is, and its number at execve.
    pub kept: [(i32, i32); wire::MAX_KEPT],
    pub kept_count: usize,
}

/// The descriptors that join the actors; fixed numbers, so that they survive execve.
///
/// The command keeps everything it passes below [`channel::FIRST`].
pub mod channel {
    pub const FIRST: i32 = 100;
    /// Packets to the monitor: [`super::Message`].
    pub const STATUS: i32 = 100;
    /// Builder to init: one byte releases it.
    pub const RELEASE_READ: i32 = 101;
    pub const RELEASE_WRITE: i32 = 102;
    /// Monitor to init: one byte lets it execute the workload.
    pub const GO_READ: i32 = 103;
    /// The workload's streams; absent with a terminal.
    pub const STDIN: i32 = 104;
    pub const STDOUT: i32 = 105;
    pub const STDERR: i32 = 106;
    /// The command, by way of the conductor, to a builder that holds.
    pub const RESUME: i32 = 107;
}

/// What actors tell the monitor: kind, and three words.
pub type Message = [u64; 4];

pub mod told {
    /// The pid of init.
    pub const INIT: u64 = 1;
    /// Init is set; waits for the word.
    pub const READY: u64 = 2;
    /// actor, step, errno.
    pub const FAILED: u64 = 3;
    /// The terminal's other side comes along.
    pub const TERMINAL: u64 = 4;
    /// Init's user namespace comes along, for the network helper.
    pub const USER_NAMESPACE: u64 = 5;
    /// … and its network namespace, after it.
    pub const NET_NAMESPACE: u64 = 6;
    /// stage: the builder waits at RESUME.
    pub const HELD: u64 = 7;
    /// The device of a file system that wants its server comes along.
    pub const SERVE: u64 = 8;
}

impl Machine {
    pub fn new(plan: Plan, actor: u64) -> Machine {
        Machine {
            plan,
            actor,
            registers: [-1; wire::REGISTERS],
            init_pid: 0,
            init_pidfd: -1,
            terminal: -1,
            join_user: -1,
            owner: None,
            index: 0,
            kept: [(-1, -1); wire::MAX_KEPT],
            kept_count: 0,
        }
    }

    /// Performs every step of a list; a failed one ends the process.
    pub fn run(&mut self, mut list: Cursor) {
        self.index = 0;
        loop {
            let code = list.word();
            if code == op::END {
                return;
            }
            if let Err(errno) = self.step(code, &mut list) {
                self.fail(errno);
            }
            self.index += 1;
        }
    }

    fn step(&mut self, code: u64, list: &mut Cursor) -> raw::Result<()> {
        match code {
            op::AWAIT..=op::DIE_WITH_PARENT => act_init::step(self, code, list),
            op::KEEP_AS => act_init::step(self, code, list),
            op::UNPLACE => act_mount::step(self, code, list),
            op::SERVED => server::mount(self, list),
            op::JOIN_USER..op::AWAIT => act_mount::step(self, code, list),
            op::HOLD..=op::MEMORY_POLICY => act_oci::step(self, code, list),
            op::RUNTIME..=op::AWAIT_GO => act_foreign::step(self, code, list),
            _ => broken(),
        }
    }

    /// Tells which step failed, and ends.
    pub fn fail(&self, errno: raw::Errno) -> ! {
        self.tell([told::FAILED, self.actor, self.index, errno as u64]);
        raw::exit(125)
    }

    pub fn tell(&self, message: Message) {
        raw::send_words(channel::STATUS, &message, -1);
    }

    pub fn register(&self, index: u64) -> i32 {
        match self.registers.get(index as usize) {
            Some(fd) if *fd >= 0 => *fd,
            _ => broken(),
        }
    }

    /// Puts a descriptor into a register; what was there is closed.
    pub fn set(&mut self, index: u64, fd: i32) {
        let Some(slot) = self.registers.get_mut(index as usize) else { broken() };
        if *slot >= 0 {
            raw::close(*slot);
        }
        *slot = fd;
    }

    /// Closes a register's descriptor.
    pub fn clear(&mut self, index: u64) {
        self.set(index, -1);
    }
}
