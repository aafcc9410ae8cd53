//! The command's side of `guest/monitor/conduct.rs`: creating for others, without a monitor.

use std::ffi::CString;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use crate::guest;
use crate::guest::wire::{actor, report};
use crate::runtime::launch::{Failure, Orders, Passed, io_error, write};
use crate::runtime::plan::Plan;
use crate::sys::memfd::sealed_program;
use crate::sys::spawn::{Child, Program, Spawn};

/// How long the conductor may take to end after its last word.
const END: Duration = Duration::from_secs(10);

/// A creation on its way.
pub struct Conducted {
    plan: Plan,
    report: File,
    go: File,
    child: Child,
}

/// What it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// The builder waits at a stage of `wire::stage`; its pid.
    Held { stage: u64, builder: i32 },
    /// The first process exists.
    Init(i32),
    /// … and is set.
    Ready(i32),
    /// It was executed; of an exec session only.
    Running,
}

/// Starts the conductor; its streams are the container's.
pub fn conduct(plan: Plan, mut passed: Passed, orders: &Orders) -> Result<Conducted, Failure> {
    let (report, report_theirs) = std::io::pipe().map_err(|e| io_error("pipe2", &e))?;
    let (go_theirs, go) = std::io::pipe().map_err(|e| io_error("pipe2", &e))?;
    let report_number = passed.add(report_theirs.into());
    let go_number = passed.add(go_theirs.into());
    let program = sealed_program(c"coracle-runtime", guest::MONITOR)?;
    let sealed = passed.add_copy(program.as_fd())?;
    let written = write(&plan, orders, [report_number, go_number, sealed], None);
    let file = sealed_program(c"plan", &written)?;
    let mut all: Vec<BorrowedFd<'_>> = vec![file.as_fd()];
    all.extend(passed.fds.iter().map(AsFd::as_fd));
    let (stdin, stdout, stderr) = (std::io::stdin(), std::io::stdout(), std::io::stderr());
    let word = |text: &str| CString::new(text).expect("our own words have no NUL");
    let spawn = Spawn {
        argv: vec![word("coracle-runtime"), word("conduct")],
        stdin: Some(stdin.as_fd()),
        stdout: Some(stdout.as_fd()),
        stderr: Some(stderr.as_fd()),
        passed: all,
        ..Spawn::default()
    };
    let child = spawn.start(Program::Open(program.as_fd()))?;
    Ok(Conducted {
        plan,
        report: OwnedFd::from(report).into(),
        go: OwnedFd::from(go).into(),
        child,
    })
}

impl Conducted {
    /// Waits for the next word; a step that failed is an error. Hooks take the time they take.
    pub fn next_word(&mut self) -> Result<Word, Failure> {
        let mut bytes = [0; 8 * report::WORDS];
        if self.report.read_exact(&mut bytes).is_err() {
            return Err(Failure::Lost);
        }
        let mut words = [0; report::WORDS];
        for (word, chunk) in words.iter_mut().zip(bytes.chunks_exact(8)) {
            *word = u64::from_ne_bytes(chunk.try_into().expect("chunks are eight bytes"));
        }
        match words {
            [report::HELD, stage, builder, _] => Ok(Word::Held {
                stage,
                builder: builder as i32,
            }),
            [report::INIT, pid, ..] => Ok(Word::Init(pid as i32)),
            [report::READY, pid, ..] => Ok(Word::Ready(pid as i32)),
            [report::RUNNING, ..] => Ok(Word::Running),
            [report::FAILED, who, step, errno] => Err(self.failure(who, step, errno as i32)),
            _ => Err(Failure::Lost),
        }
    }

    fn failure(&self, who: u64, step: u64, errno: i32) -> Failure {
        let list = match who {
            actor::BUILDER => Some(&self.plan.builder),
            actor::HELPER => Some(&self.plan.helper),
            actor::INIT => Some(&self.plan.init),
            _ => None,
        };
        let step = list.and_then(|list| list.get(step as usize));
        Failure::Step {
            actor: who,
            step: step.cloned().map(Box::new),
            errno,
        }
    }

    /// Gives the word that it waits for.
    pub fn resume(&mut self) -> Result<(), Failure> {
        self.go.write_all(b"g").map_err(|_| Failure::Lost)
    }

    /// Waits for the end of the conductor, whose children are then somebody else's.
    pub fn finish(self) -> Result<(), Failure> {
        let Self { go, child, .. } = self;
        drop(go);
        child.pidfd.wait(END)?;
        Ok(())
    }
}
