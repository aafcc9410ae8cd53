//! A terminal with coracle on it: type, expect, resize.
//!
//! The command is started through `setsid --ctty`, so that it leads a session with this terminal as its
//! controlling one, without a line of unsafe code here.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcgetwinsize, tcsetwinsize};

use super::World;

/// How long an expected text may take.
const LIMIT: Duration = super::PATIENCE;

pub struct Pty {
    child: Child,
    /// The side a terminal emulator would hold.
    outside: OwnedFd,
    /// The command's side, kept open so that its settings can be looked at after the command's end.
    inside: OwnedFd,
    output: Arc<Mutex<Vec<u8>>>,
    /// Up to here the output has been expected.
    seen: usize,
}

impl Pty {
    pub fn start<I, S>(world: &World, args: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        let mut command = world.other("setsid");
        command.arg("--ctty").arg(super::binary()).args(args);
        Self::run(command)
    }

    /// Starts any command on a new terminal of 24 lines of 80 columns.
    pub fn run(mut command: Command) -> Self {
        let outside = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)
            .expect("a terminal");
        grantpt(&outside).expect("ours");
        unlockpt(&outside).expect("ours");
        let name = ptsname(&outside, Vec::new()).expect("its name");
        let inside = rustix::fs::open(
            &name,
            OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC,
            Mode::empty(),
        )
        .expect("the other side");
        let copy = || inside.try_clone().expect("a descriptor");
        set_size(&outside, 24, 80);
        let child = command
            .stdin(copy())
            .stdout(copy())
            .stderr(copy())
            .spawn()
            .expect("setsid starts");
        let output = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&output);
        let mut source = File::from(outside.try_clone().expect("a descriptor"));
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // EIO once nobody holds the other side.
            while let Ok(count) = source.read(&mut buffer) {
                if count == 0 {
                    break;
                }
                sink.lock()
                    .expect("no panic while held")
                    .extend_from_slice(&buffer[..count]);
            }
        });
        Self {
            child,
            outside,
            inside,
            output,
            seen: 0,
        }
    }

    /// Types this.
    pub fn send(&mut self, text: &str) {
        let mut file = File::from(self.outside.try_clone().expect("a descriptor"));
        file.write_all(text.as_bytes())
            .expect("the terminal takes it");
    }

    /// Types this and presses Enter.
    pub fn line(&mut self, text: &str) {
        self.send(text);
        self.send("\r");
    }

    pub fn ctrl_c(&mut self) {
        self.send("\x03");
    }

    pub fn ctrl_d(&mut self) {
        self.send("\x04");
    }

    /// The keys that detach when no others were asked for, one after the other as a person types.
    pub fn detach(&mut self) {
        self.send("\x10");
        std::thread::sleep(Duration::from_millis(50));
        self.send("\x11");
    }

    /// Waits for this text in the output that nobody expected yet; returns everything up to its end.
    #[track_caller]
    pub fn expect(&mut self, text: &str) -> String {
        let end = Instant::now() + LIMIT;
        loop {
            let output = self.output.lock().expect("no panic while held").clone();
            let rest = &output[self.seen..];
            if let Some(at) = find(rest, text.as_bytes()) {
                let upto = at + text.len();
                self.seen += upto;
                return String::from_utf8_lossy(&rest[..upto]).into_owned();
            }
            assert!(
                Instant::now() < end,
                "the terminal never showed {text:?} but {:?}",
                String::from_utf8_lossy(rest)
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Everything shown so far.
    pub fn screen(&self) -> String {
        let output = self.output.lock().expect("no panic while held");
        String::from_utf8_lossy(&output).into_owned()
    }

    /// Changes the window's size; the kernel sends SIGWINCH.
    pub fn resize(&self, rows: u16, columns: u16) {
        set_size(&self.outside, rows, columns);
    }

    /// Has the shell on the terminal wait until it knows this size.
    #[track_caller]
    pub fn expect_size(&mut self, rows: u16, columns: u16) {
        let look = format!("until [ \"$(stty size)\" = '{rows} {columns}' ]; do sleep 0.1; done");
        // What is typed is shown too, and is not what is waited for.
        self.line(&format!("{look}; echo it''-knows"));
        self.expect("it-knows");
    }

    /// Whether the terminal echoes and edits lines, as a shell's user expects to find it afterwards.
    pub fn is_cooked(&self) -> bool {
        let modes = rustix::termios::tcgetattr(&self.inside)
            .expect("a terminal")
            .local_modes;
        use rustix::termios::LocalModes;
        modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    pub fn pid(&self) -> i32 {
        i32::try_from(self.child.id()).expect("a pid")
    }

    /// Waits for the command's end; returns its code, 128+n for signal n.
    #[track_caller]
    pub fn wait(&mut self) -> i32 {
        let end = Instant::now() + LIMIT;
        loop {
            if let Some(status) = self.child.try_wait().expect("our child") {
                return status
                    .code()
                    .unwrap_or_else(|| 128 + status.signal().unwrap_or(0));
            }
            assert!(
                Instant::now() < end,
                "the command on the terminal does not end; the screen: {:?}",
                self.screen()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn set_size(terminal: &impl AsFd, rows: u16, columns: u16) {
    let mut size: Winsize = tcgetwinsize(terminal).expect("a terminal");
    size.ws_row = rows;
    size.ws_col = columns;
    tcsetwinsize(terminal, size).expect("a terminal");
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|part| part == wanted)
}
