//! Reading a plan: words, texts and lists out of the mapped file.
//!
//! The plan comes from our own engine; still every access is checked, and a plan that
//! does not hold together ends the process.

use core::ffi::CStr;

use crate::raw;
use crate::wire;

/// The mapped plan.
#[derive(Clone, Copy)]
pub struct Plan {
    pub bytes: &'static [u8],
}

/// The descriptor every role finds its plan at.
pub const PLAN_FD: i32 = 3;

impl Plan {
    /// Maps the plan that was inherited as descriptor 3.
    pub fn map() -> Plan {
        let size = raw::seek_end(PLAN_FD).unwrap_or(0);
        let Some(bytes) = raw::map_file(PLAN_FD, size) else { broken() };
        let plan = Plan { bytes };
        if size < wire::head::COUNT * 8 || plan.head(wire::head::MAGIC) != wire::MAGIC {
            broken();
        }
        plan
    }

    pub fn head(&self, index: usize) -> u64 {
        Cursor { bytes: self.bytes, at: index * 8 }.word()
    }

    /// A descriptor of the header, -1 for none.
    pub fn fd(&self, index: usize) -> i32 {
        let word = self.head(index);
        if word == wire::NONE { -1 } else { word as i32 }
    }

    pub fn has(&self, flag: u64) -> bool {
        self.head(wire::head::FLAGS) & flag != 0
    }

    /// The list whose offset stands in the header, if there is one.
    pub fn list(&self, index: usize) -> Option<Cursor> {
        let offset = self.head(index);
        (offset != wire::NONE).then_some(Cursor { bytes: self.bytes, at: offset as usize })
    }
}

/// A place in the plan.
#[derive(Clone, Copy)]
pub struct Cursor {
    bytes: &'static [u8],
    at: usize,
}

impl Cursor {
    pub fn word(&mut self) -> u64 {
        let Some(slice) = self.bytes.get(self.at..self.at + 8) else { broken() };
        let Ok(array) = slice.try_into() else { broken() };
        self.at += 8;
        u64::from_ne_bytes(array)
    }

    pub fn int(&mut self) -> i32 {
        self.word() as i32
    }

    /// Bytes, without the NUL behind them.
    pub fn data(&mut self) -> &'static [u8] {
        let length = self.word() as usize;
        let Some(end) = self.at.checked_add(length) else { broken() };
        let Some(data) = self.bytes.get(self.at..end) else { broken() };
        self.at = (end + 1).next_multiple_of(8);
        data
    }

    pub fn text(&mut self) -> &'static CStr {
        let length = self.word() as usize;
        let Some(end) = self.at.checked_add(length + 1) else { broken() };
        let Some(data) = self.bytes.get(self.at..end) else { broken() };
        let Ok(text) = CStr::from_bytes_with_nul(data) else { broken() };
        self.at = end.next_multiple_of(8);
        text
    }

    /// Skips a list of texts, returning how many there are and where they begin.
    pub fn texts(&mut self) -> (usize, Cursor) {
        let count = self.word() as usize;
        let begin = *self;
        for _ in 0..count {
            let _ = self.text();
        }
        (count, begin)
    }
}

/// Ends a process whose plan makes no sense.
pub fn broken() -> ! {
    raw::write_all(2, b"coracle: broken plan\n");
    raw::exit(125)
}
