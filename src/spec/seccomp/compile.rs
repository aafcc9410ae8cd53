//! The OCI form of a filter → the BPF program the kernel runs at every system call.
//!
//! seccomp(2); the layout of `seccomp_data` is linux/seccomp.h, little endian on both machines.
//!
//! ```text
//! load arch ─┬─ native: load nr ─ (x32 bit?) ─ tree ─ ranges ─ return, or argument tests
//!            ├─ 32-bit companion: load nr ─ tree …
//!            └─ any other: kill the process
//! ```
//!
//! The tree is a binary search over ranges of numbers with equal outcome: some seven comparisons
//! instead of a walk through hundreds. Only instructions that the kernel's own emulator knows are
//! used up to the return of an unconditional outcome, so that since Linux 5.11 it caches those as
//! always allowed and does not run the program at all.
//!
//! As in runc, calls newer than anything the profile names give ENOSYS, so that libc falls back;
//! calls it could have named and did not get the default action.

use std::collections::{BTreeMap, HashMap};

use oci_spec::runtime::{
    Arch as OciArch, LinuxSeccomp, LinuxSeccompAction as Action, LinuxSeccompArg,
    LinuxSeccompOperator as Op,
};

use crate::spec::error::Error;
use crate::spec::seccomp::Arch;
use crate::spec::seccomp::asm::{Asm, Insn, JMP_JEQ_K, JMP_JGE_K, JMP_JGT_K, JMP_JSET_K, Label};
use crate::spec::seccomp::numbers::{self, Abi};
use crate::types::escape;

/// BPF_MAXINSNS.
const MAX_INSTRUCTIONS: usize = 4096;

const NR: u32 = 0;
const ARCH: u32 = 4;
const ARGS: u32 = 16;

const KILL_PROCESS: u32 = 0x8000_0000;
const ERRNO: u32 = 0x0005_0000;
const ENOSYS: u32 = 38;
const EPERM: u32 = 1;

/// __X32_SYSCALL_BIT
const X32_BIT: u32 = 0x4000_0000;
/// A call number of -1: what a tracer leaves behind to skip a call, and what fuzzers try.
const NO_CALL: u32 = u32::MAX;

/// A filter ready for the kernel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiled {
    /// An array of `struct sock_filter` in this machine's byte order.
    pub program: Vec<u8>,
    pub instructions: u16,
    /// Calls the profile names and no machine's table knows; they have no rule.
    pub unknown: Vec<String>,
}

/// Compiles a filter for a machine.
pub fn compile(filter: &LinuxSeccomp, arch: Arch) -> Result<Compiled, Error> {
    let (program, unknown) = instructions(filter, arch)?;
    if program.len() > MAX_INSTRUCTIONS {
        return Err(Error::FilterTooLong {
            instructions: program.len(),
        });
    }
    let mut bytes = Vec::with_capacity(program.len() * 8);
    for insn in &program {
        bytes.extend(insn.code.to_ne_bytes());
        bytes.extend([insn.jt, insn.jf]);
        bytes.extend(insn.k.to_ne_bytes());
    }
    Ok(Compiled {
        program: bytes,
        instructions: program.len() as u16,
        unknown,
    })
}

pub(super) fn instructions(
    filter: &LinuxSeccomp,
    arch: Arch,
) -> Result<(Vec<Insn>, Vec<String>), Error> {
    let listed = |arch| {
        let list = filter.architectures().as_deref().unwrap_or_default();
        list.contains(&arch)
    };
    let (native, companion) = match arch {
        Arch::X86_64 => (Abi::X86_64, (Abi::I386, OciArch::ScmpArchX86)),
        Arch::Aarch64 => (Abi::Aarch64, (Abi::Arm, OciArch::ScmpArchArm)),
    };
    let abis: Vec<Abi> = std::iter::once(native)
        .chain(listed(companion.1).then_some(companion.0))
        .collect();
    let rules = by_name(filter)?;
    let default = action_value(filter.default_action(), filter.default_errno_ret())?;
    let mut asm = Asm::default();
    let mut next_arch = asm.ret(KILL_PROCESS);
    // Written backwards: the native one last, so that it is tested first.
    for abi in abis.into_iter().rev() {
        let table = abi.table();
        let ranges = ranges(abi, &table, &rules, default);
        let tree = tree(&mut asm, &ranges);
        let entry = match abi {
            Abi::X86_64 => x32_gate(&mut asm, tree, listed(OciArch::ScmpArchX32), default),
            _ => tree,
        };
        let numbers = load_then(&mut asm, NR, entry);
        next_arch = asm.jump(JMP_JEQ_K, abi.audit_arch(), numbers, next_arch);
    }
    load_then(&mut asm, ARCH, next_arch);
    let mut unknown: Vec<String> = rules
        .keys()
        .filter(|name| !numbers::is_known(name))
        .map(|name| escape::visible(name))
        .collect();
    unknown.sort();
    Ok((asm.finish(), unknown))
}

/// Loads a word and goes on at a place.
fn load_then(asm: &mut Asm, offset: u32, next: Label) -> Label {
    // The load falls through to what is written before it, so that must lead to `next`.
    if !asm.is_last(next) {
        asm.goto(next);
    }
    asm.load(offset)
}

/// x32 calls carry a bit; without it their numbers are those of the tree.
fn x32_gate(asm: &mut Asm, tree: Label, allowed: bool, default: u32) -> Label {
    let x32 = if allowed {
        asm.goto(tree);
        asm.and(!X32_BIT) // falls through to the jump
    } else {
        let none = asm.ret(newer_than_known(default));
        let kill = asm.ret(KILL_PROCESS);
        asm.jump(JMP_JEQ_K, NO_CALL, none, kill)
    };
    asm.jump(JMP_JGE_K, X32_BIT, x32, tree)
}

/// One rule about one call.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Test {
    /// All of them must hold.
    args: Vec<LinuxSeccompArg>,
    value: u32,
}

/// What happens to one call.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Always(u32),
    /// The first test that passes decides, else the value.
    Depends(Vec<Test>, u32),
}

/// Collects the rules of every call named.
fn by_name(filter: &LinuxSeccomp) -> Result<HashMap<&str, Vec<Test>>, Error> {
    let mut rules: HashMap<&str, Vec<Test>> = HashMap::new();
    for rule in filter.syscalls().iter().flatten() {
        let refuse = |reason| Error::Rule {
            syscall: rule.names().first().cloned().unwrap_or_default(),
            reason,
        };
        let value = action_value(rule.action(), rule.errno_ret())?;
        let args = rule.args().clone().unwrap_or_default();
        if args.iter().any(|arg| arg.index() > 5) {
            return Err(refuse("a system call has six arguments"));
        }
        // Two conditions on one argument are alternatives in runc, and so in every profile
        // that was tried with it.
        let twice =
            |arg: &LinuxSeccompArg| args.iter().filter(|a| a.index() == arg.index()).count() > 1;
        let alternatives: Vec<Vec<LinuxSeccompArg>> = if args.iter().any(twice) {
            args.iter().map(|arg| vec![*arg]).collect()
        } else {
            vec![args]
        };
        for name in rule.names() {
            let tests = rules.entry(name).or_default();
            tests.extend(alternatives.iter().map(|args| Test {
                args: args.clone(),
                value,
            }));
        }
    }
    Ok(rules)
}

/// SECCOMP_RET_* of an action.
fn action_value(action: Action, errno: Option<u32>) -> Result<u32, Error> {
    if action == Action::ScmpActNotify {
        return Err(Error::Rule {
            syscall: "SCMP_ACT_NOTIFY".to_owned(),
            reason: "not supported",
        });
    }
    let data = errno.unwrap_or(EPERM);
    if data > 4095 {
        return Err(Error::Rule {
            syscall: data.to_string(),
            reason: "not an errno",
        });
    }
    Ok(action.as_u32(Some(data)))
}

/// The kernel's order of strictness: linux/seccomp.h, the smallest signed action wins.
fn strictness(value: u32) -> i32 {
    (value & 0xffff_0000) as i32
}

fn is_permissive(value: u32) -> bool {
    strictness(value) >= strictness(0x7ff0_0000)
}

fn newer_than_known(default: u32) -> u32 {
    if is_permissive(default) {
        default
    } else {
        ERRNO | ENOSYS
    }
}

/// Brings a call's rules into the order in which they are tested.
fn outcome(tests: &[Test], default: u32) -> Outcome {
    // Podman's profile allows some calls and further down denies them again: libseccomp keeps
    // the first.
    let always = tests
        .iter()
        .find(|test| test.args.is_empty())
        .map(|test| test.value);
    let fallback = always.unwrap_or(default);
    let mut conditional: Vec<Test> = tests
        .iter()
        .filter(|test| !test.args.is_empty())
        // A test that would soften what holds anyway is not asked.
        .filter(|test| always.is_none_or(|always| strictness(test.value) < strictness(always)))
        .cloned()
        .collect();
    conditional.sort_by_key(|test| strictness(test.value));
    // At the end, tests that say the same as no test at all are idle.
    while conditional
        .last()
        .is_some_and(|test| test.value == fallback)
    {
        conditional.pop();
    }
    if conditional.is_empty() {
        Outcome::Always(fallback)
    } else {
        Outcome::Depends(conditional, fallback)
    }
}

/// Returns first numbers with what happens from there on; the first is 0.
fn ranges(
    abi: Abi,
    table: &HashMap<&'static str, Vec<u32>>,
    rules: &HashMap<&str, Vec<Test>>,
    default: u32,
) -> Vec<(u32, Outcome)> {
    let mut calls: BTreeMap<u32, Outcome> = BTreeMap::new();
    for (name, tests) in rules {
        for number in table.get(name).into_iter().flatten() {
            calls.insert(*number, outcome(tests, default));
        }
    }
    let newest = calls
        .keys()
        .rev()
        .find(|number| **number < abi.private_base())
        .copied();
    let gap = |number: u32| match newest {
        Some(newest) if number > newest => Outcome::Always(newer_than_known(default)),
        _ => Outcome::Always(default),
    };
    let mut ranges: Vec<(u32, Outcome)> = Vec::new();
    let mut add = |number: u32, outcome: Outcome| {
        if ranges.last().is_none_or(|last| last.1 != outcome) {
            ranges.push((number, outcome));
        }
    };
    let mut next = 0;
    for (number, outcome) in calls {
        if next < number {
            add(next, gap(next));
        }
        add(number, outcome);
        next = number + 1;
    }
    add(next, gap(next));
    ranges
}

/// Writes the search; the number is in the accumulator.
fn tree(asm: &mut Asm, ranges: &[(u32, Outcome)]) -> Label {
    match ranges {
        [] => unreachable!("there is always the range that begins at 0"),
        [(_, Outcome::Always(value))] => asm.ret(*value),
        [(_, Outcome::Depends(tests, otherwise))] => chain(asm, tests, *otherwise),
        _ => {
            let (left, right) = ranges.split_at(ranges.len() / 2);
            let first = right[0].0;
            let right = tree(asm, right);
            let left = tree(asm, left);
            asm.jump(JMP_JGE_K, first, right, left)
        }
    }
}

/// Where to enter a test: at its load, or after it when the word is in the accumulator already.
#[derive(Clone, Copy)]
struct Entry {
    cold: Label,
    warm: Option<(u32, Label)>,
}

impl Entry {
    fn with(self, loaded: u32) -> Label {
        match self.warm {
            Some((offset, label)) if offset == loaded => label,
            _ => self.cold,
        }
    }
}

/// Writes a call's tests one after another.
fn chain(asm: &mut Asm, tests: &[Test], otherwise: u32) -> Label {
    let last = asm.ret(otherwise);
    let mut next = Entry {
        cold: last,
        warm: None,
    };
    for test in tests.iter().rev() {
        let pass = asm.ret(test.value);
        next = match test.args.as_slice() {
            [arg] => one_condition(asm, arg, pass, next),
            args => {
                let mut entry = pass;
                for arg in args.iter().rev() {
                    entry = condition(asm, arg, entry, next.cold);
                }
                Entry {
                    cold: entry,
                    warm: None,
                }
            }
        };
    }
    next.cold
}

/// A test of a single condition; bit tests of one word keep it for the next test.
fn one_condition(asm: &mut Asm, arg: &LinuxSeccompArg, pass: Label, next: Entry) -> Entry {
    let (mask, value) = (arg.value(), arg.value_two().unwrap_or(0));
    let low_only = mask >> 32 == 0 && mask != 0 && value & !mask == 0;
    if arg.op() != Op::ScmpCmpMaskedEq || !low_only {
        return Entry {
            cold: condition(asm, arg, pass, next.cold),
            warm: None,
        };
    }
    let offset = low(arg);
    let body = if (mask as u32).is_power_of_two() {
        let fail = next.with(offset);
        let (set, clear) = if value == 0 {
            (fail, pass)
        } else {
            (pass, fail)
        };
        asm.jump(JMP_JSET_K, mask as u32, set, clear)
    } else {
        asm.jump(JMP_JEQ_K, value as u32, pass, next.cold);
        asm.and(mask as u32)
    };
    Entry {
        cold: asm.load(offset),
        warm: Some((offset, body)),
    }
}

fn low(arg: &LinuxSeccompArg) -> u32 {
    ARGS + 8 * arg.index() as u32
}

/// Writes one comparison of 64 bits as two of 32.
fn condition(asm: &mut Asm, arg: &LinuxSeccompArg, yes: Label, no: Label) -> Label {
    let value = arg.value();
    match arg.op() {
        Op::ScmpCmpEq => equal(asm, arg, (u64::MAX, value), yes, no),
        Op::ScmpCmpNe => equal(asm, arg, (u64::MAX, value), no, yes),
        Op::ScmpCmpMaskedEq => equal(asm, arg, (value, arg.value_two().unwrap_or(0)), yes, no),
        Op::ScmpCmpGe => above(asm, arg, JMP_JGE_K, yes, no),
        Op::ScmpCmpGt => above(asm, arg, JMP_JGT_K, yes, no),
        Op::ScmpCmpLt => above(asm, arg, JMP_JGE_K, no, yes),
        Op::ScmpCmpLe => above(asm, arg, JMP_JGT_K, no, yes),
    }
}

fn equal(
    asm: &mut Asm,
    arg: &LinuxSeccompArg,
    (mask, value): (u64, u64),
    yes: Label,
    no: Label,
) -> Label {
    // Bits asked for that the mask removes: no argument can show them.
    if value & !mask != 0 {
        return no;
    }
    let mut entry = yes;
    for (offset, shift) in [(low(arg), 0), (low(arg) + 4, 32)] {
        let (mask, value) = ((mask >> shift) as u32, (value >> shift) as u32);
        if mask == 0 {
            continue;
        }
        asm.jump(JMP_JEQ_K, value, entry, no);
        if mask != u32::MAX {
            asm.and(mask);
        }
        entry = asm.load(offset);
    }
    entry
}

/// Greater, or greater or equal, by the code that compares the low words.
fn above(asm: &mut Asm, arg: &LinuxSeccompArg, code: u16, yes: Label, no: Label) -> Label {
    let (high, low_value) = ((arg.value() >> 32) as u32, arg.value() as u32);
    asm.jump(code, low_value, yes, no);
    let words_equal = asm.load(low(arg));
    let not_greater = asm.jump(JMP_JEQ_K, high, words_equal, no);
    asm.jump(JMP_JGT_K, high, yes, not_greater);
    asm.load(low(arg) + 4)
}
