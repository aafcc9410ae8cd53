//! One direction of a connection: bytes from one socket to the other by way of a pipe.
//!
//! A pipe is lent to a direction while it holds bytes that the other side does not take yet; what
//! is read meanwhile waits in the sender's socket. So a connection that is silent costs none.

use std::net::Shutdown;
use std::os::fd::AsFd;

use crate::sys::SysError;
use crate::sys::socket::shut;
use crate::sys::splice::{Pipe, splice};

const EAGAIN: i32 = 11;

/// How much is on its way in one direction at most, in bytes.
const PIPE: usize = 1 << 20;

/// Pipes that are kept for the next one.
const SPARE: usize = 8;

/// How often one side is read before others have their turn.
const ROUNDS: u32 = 4;

/// Pipes that nobody has bytes in.
#[derive(Debug, Default)]
pub struct Pipes(Vec<Pipe>);

impl Pipes {
    fn lend(&mut self) -> Result<Pipe, SysError> {
        match self.0.pop() {
            Some(pipe) => Ok(pipe),
            None => Pipe::of_about(PIPE),
        }
    }

    fn take_back(&mut self, pipe: Pipe) {
        if self.0.len() < SPARE {
            self.0.push(pipe);
        }
    }
}

/// What is wrong with a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// The side that is read, or nothing can be read into.
    From,
    /// The side that is written to.
    To,
}

/// One direction.
#[derive(Debug, Default)]
pub struct Flow {
    pipe: Option<Pipe>,
    held: usize,
    /// Nothing more comes.
    pub ended: bool,
    /// The other side knows.
    pub shut: bool,
}

impl Flow {
    pub fn wants_to_read(&self) -> bool {
        !self.ended && self.held == 0
    }

    pub fn wants_to_write(&self) -> bool {
        self.held > 0
    }

    /// Moves what can be moved now.
    pub fn pump(
        &mut self,
        from: impl AsFd,
        to: impl AsFd,
        pipes: &mut Pipes,
    ) -> Result<(), Broken> {
        for _ in 0..ROUNDS {
            self.write(to.as_fd(), pipes)?;
            if !self.wants_to_read() || !self.read(from.as_fd(), pipes)? {
                break;
            }
        }
        self.write(to.as_fd(), pipes)?;
        if self.ended && self.held == 0 && !self.shut {
            self.shut = true;
            // It may be gone already, which the other direction finds out.
            let _ = shut(to, Shutdown::Write);
        }
        Ok(())
    }

    /// Says whether there was anything.
    fn read(&mut self, from: impl AsFd, pipes: &mut Pipes) -> Result<bool, Broken> {
        let pipe = pipes.lend().map_err(|_| Broken::From)?;
        let count = match splice(&from, &pipe.write, PIPE as u64) {
            Err(error) if error.errno == EAGAIN => None,
            Err(_) => {
                pipes.take_back(pipe);
                return Err(Broken::From);
            }
            Ok(count) => Some(count),
        };
        match count {
            Some(count) if count > 0 => {
                self.held = count;
                self.pipe = Some(pipe);
                return Ok(true);
            }
            Some(_) => self.ended = true,
            None => {}
        }
        pipes.take_back(pipe);
        Ok(false)
    }

    fn write(&mut self, to: impl AsFd, pipes: &mut Pipes) -> Result<(), Broken> {
        while self.held > 0
            && let Some(pipe) = &self.pipe
        {
            match splice(&pipe.read, &to, self.held as u64) {
                Ok(count) => self.held = self.held.saturating_sub(count),
                Err(error) if error.errno == EAGAIN => return Ok(()),
                Err(_) => return Err(Broken::To),
            }
        }
        if let Some(pipe) = self.pipe.take() {
            pipes.take_back(pipe);
        }
        Ok(())
    }
}
