//! A classic BPF assembler that writes programs from their end to their beginning.
//!
//! All jumps of classic BPF go forward (bpf(4) of the BSDs; linux/filter.h), so written backwards
//! every target is known when its jump is written. A conditional jump reaches 255 instructions;
//! what is farther gets an unconditional one beside it.

/// One `struct sock_filter`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Insn {
    pub code: u16,
    pub jt: u8,
    pub jf: u8,
    pub k: u32,
}

pub const LD_W_ABS: u16 = 0x20;
pub const ALU_AND_K: u16 = 0x54;
pub const JMP_JA: u16 = 0x05;
pub const JMP_JEQ_K: u16 = 0x15;
pub const JMP_JGT_K: u16 = 0x25;
pub const JMP_JGE_K: u16 = 0x35;
pub const JMP_JSET_K: u16 = 0x45;
pub const RET_K: u16 = 0x06;

/// How far a conditional jump reaches.
const NEAR: usize = 255;

/// A place in the program, counted from its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label(usize);

/// A program being written, last instruction first.
#[derive(Default)]
pub struct Asm {
    reversed: Vec<Insn>,
    returns: Vec<(u32, Label)>,
}

impl Asm {
    fn push(&mut self, code: u16, k: u32, jt: u8, jf: u8) -> Label {
        self.reversed.push(Insn { code, jt, jf, k });
        Label(self.reversed.len() - 1)
    }

    /// Whether a place is the instruction written last: control falls through to it.
    pub fn is_last(&self, place: Label) -> bool {
        place.0 + 1 == self.reversed.len()
    }

    /// The distance from the instruction that would be written next.
    fn distance(&self, target: Label) -> usize {
        self.reversed.len() - 1 - target.0
    }

    /// Returns a place where this value is returned, a near one if there is.
    pub fn ret(&mut self, value: u32) -> Label {
        let known = self.returns.iter().rev().find(|known| known.0 == value);
        // Half of the reach: whoever jumps there is still to be written.
        match known {
            Some((_, label)) if self.distance(*label) < NEAR / 2 => *label,
            _ => {
                let label = self.push(RET_K, value, 0, 0);
                self.returns.push((value, label));
                label
            }
        }
    }

    /// Loads a word of `seccomp_data`; control goes on to the instruction written before.
    pub fn load(&mut self, offset: u32) -> Label {
        self.push(LD_W_ABS, offset, 0, 0)
    }

    /// Keeps only some bits; control goes on to the instruction written before.
    pub fn and(&mut self, mask: u32) -> Label {
        self.push(ALU_AND_K, mask, 0, 0)
    }

    /// Goes to a place unconditionally.
    pub fn goto(&mut self, target: Label) -> Label {
        let distance = self.distance(target) as u32;
        self.push(JMP_JA, distance, 0, 0)
    }

    /// Compares and goes to one of two places.
    pub fn jump(&mut self, code: u16, k: u32, yes: Label, no: Label) -> Label {
        // One instruction may still come between.
        let mut reach = |target: Label| {
            if self.distance(target) < NEAR {
                target
            } else {
                self.goto(target)
            }
        };
        let yes = reach(yes);
        let no = reach(no);
        let (jt, jf) = (self.distance(yes), self.distance(no));
        let near = |distance: usize| u8::try_from(distance).expect("a trampoline is at hand");
        self.push(code, k, near(jt), near(jf))
    }

    /// Returns the program, first instruction first.
    pub fn finish(mut self) -> Vec<Insn> {
        self.reversed.reverse();
        self.reversed
    }
}
