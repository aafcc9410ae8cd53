//! `--chmod`: `0755`, or `u=rwX,go=rX`.
//!
//! Dockerfile reference, "COPY --chmod"; the symbolic form is that of chmod(1), without an umask.

use crate::build::Fault;

/// What `--chmod` does to a mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chmod {
    /// At most 07777.
    Octal(u32),
    Symbolic(Vec<Change>),
}

/// One clause of the symbolic form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The classes it is for: bits of 0700, 0070 and 0007.
    who: u32,
    action: Action,
    grants: Grants,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Add,
    Remove,
    Set,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grants {
    /// r, w and x for every class, which `who` cuts.
    Bits {
        bits: u32,
        /// `X`: x for directories and for what somebody may run already.
        conditional: bool,
        setid: bool,
        sticky: bool,
    },
    /// As another class has it: how far its bits are from the right.
    Of(u32),
}

impl Chmod {
    /// Reads the flag's value.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let bad = |reason: &str| Fault::Value {
            what: "--chmod",
            value: text.to_owned(),
            reason: reason.to_owned(),
        };
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            let mode = u32::from_str_radix(text, 8).ok();
            let mode = mode.filter(|mode| *mode <= 0o7777);
            let mode = mode.ok_or_else(|| bad("is no octal number up to 07777"))?;
            return Ok(Self::Octal(mode));
        }
        let clauses = text.split(',').map(changes).collect::<Option<Vec<_>>>();
        let clauses = clauses.ok_or_else(|| bad("is no mode such as 0755 or u=rwX,go=rX"))?;
        Ok(Self::Symbolic(clauses.concat()))
    }

    /// Returns the mode that comes of a mode, without the file's type.
    pub fn apply(&self, mode: u32, directory: bool) -> u32 {
        match self {
            Self::Octal(octal) => *octal,
            Self::Symbolic(changes) => changes
                .iter()
                .fold(mode & 0o7777, |mode, change| change.apply(mode, directory)),
        }
    }
}

impl Change {
    fn apply(&self, mode: u32, directory: bool) -> u32 {
        let (set_user, set_group) = (self.who & 0o700 != 0, self.who & 0o070 != 0);
        let bits = match self.grants {
            Grants::Of(shift) => {
                let class = mode >> shift & 7;
                (class << 6 | class << 3 | class) & self.who
            }
            Grants::Bits {
                bits,
                conditional,
                setid,
                sticky,
            } => {
                let runs = conditional && (directory || mode & 0o111 != 0);
                let bits = bits | if runs { 0o111 } else { 0 };
                let special = u32::from(setid && set_user) << 11
                    | u32::from(setid && set_group) << 10
                    | u32::from(sticky) << 9;
                bits & self.who | special
            }
        };
        match self.action {
            Action::Add => mode | bits,
            Action::Remove => mode & !bits,
            Action::Set => {
                let special = u32::from(set_user) << 11 | u32::from(set_group) << 10;
                // As chmod(1): a directory's set-id bits stay unless they are named.
                let gone = self.who | if directory { 0 } else { special };
                mode & !gone | bits
            }
        }
    }
}

/// Reads `ugo+rwx`, and further actions of the same classes.
fn changes(clause: &str) -> Option<Vec<Change>> {
    let at = clause.find(['+', '-', '='])?;
    let mut who = 0;
    for class in clause[..at].chars() {
        who |= match class {
            'u' => 0o700,
            'g' => 0o070,
            'o' => 0o007,
            'a' => 0o777,
            _ => return None,
        };
    }
    let who = if who == 0 { 0o777 } else { who };
    let mut found = Vec::new();
    let mut rest = &clause[at..];
    while let Some(action) = rest.chars().next() {
        let action = match action {
            '+' => Action::Add,
            '-' => Action::Remove,
            _ => Action::Set,
        };
        let end = rest[1..]
            .find(['+', '-', '='])
            .map_or(rest.len(), |at| at + 1);
        let grants = grants(&rest[1..end])?;
        found.push(Change {
            who,
            action,
            grants,
        });
        rest = &rest[end..];
    }
    Some(found)
}

fn grants(text: &str) -> Option<Grants> {
    match text {
        "u" => return Some(Grants::Of(6)),
        "g" => return Some(Grants::Of(3)),
        "o" => return Some(Grants::Of(0)),
        _ => {}
    }
    let (mut all, mut conditional, mut setid, mut sticky) = (0, false, false, false);
    for c in text.chars() {
        match c {
            'r' => all |= 0o444,
            'w' => all |= 0o222,
            'x' => all |= 0o111,
            'X' => conditional = true,
            's' => setid = true,
            't' => sticky = true,
            _ => return None,
        }
    }
    Some(Grants::Bits {
        bits: all,
        conditional,
        setid,
        sticky,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_changed_as_chmod_does() {
        for (text, before, directory, after) in [
            ("755", 0o600, false, 0o755),
            ("04755", 0o600, false, 0o4755),
            ("u=rwX,go=rX", 0o600, false, 0o644),
            ("u=rwX,go=rX", 0o700, false, 0o755),
            ("u=rwX,go=rX", 0o600, true, 0o755),
            ("+x", 0o644, false, 0o755),
            ("a-w", 0o666, false, 0o444),
            ("go=", 0o777, false, 0o700),
            ("g=u", 0o640, false, 0o660),
            ("u+s,g+s,+t", 0o755, false, 0o7755),
            ("u+x-w", 0o600, false, 0o500),
            ("u=rx", 0o4755, false, 0o555),
        ] {
            let mode = Chmod::parse(text).expect(text).apply(before, directory);
            assert_eq!(mode, after, "{text}: {mode:o}");
        }
        for text in [
            "",
            "8",
            "10000",
            "0x1",
            "u",
            "z+x",
            "u+q",
            "+x,",
            "999999999999",
        ] {
            assert!(Chmod::parse(text).is_err(), "{text}");
        }
    }
}
