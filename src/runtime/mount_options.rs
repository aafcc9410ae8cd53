//! The words of a mount's options: runtime-spec config.md, "Linux mount options"; mount(8).
//!
//! Words about the mount become attributes of mount_setattr(2), with an `r` in front for the
//! whole tree; what is left are parameters of the file system.

use crate::runtime::step::{Attributes, NODEV, NOEXEC, NOSUID, PRIVATE, RDONLY, SHARED, SLAVE};

/// Marks a bind mount whose source is in another container.
pub const BORROWED: &str = "X-coracle.borrowed";

/// Makes a link out of a source that is one, instead of mounting what it leads to: crun.1,
/// "copy-symlink".
pub const COPY_LINK: &str = "copy-symlink";

/// What a mount's options ask for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Of the mount itself.
    pub attributes: Attributes,
    /// Of the mount and every one below it.
    pub tree: Attributes,
    pub recursive: bool,
    pub bind: bool,
    pub copy_up: bool,
    pub copy_link: bool,
    /// Whether the propagation is for every mount below too.
    pub deep_propagation: bool,
    /// Words that cannot be done.
    pub refused: Vec<String>,
    /// What is left: parameters of the file system.
    pub parameters: Vec<(String, String)>,
}

const NOATIME: u64 = 0x10;
pub const STRICTATIME: u64 = 0x20;
const ATIME_MASK: u64 = 0x70;
const NODIRATIME: u64 = 0x80;
const NOSYMFOLLOW: u64 = 0x0020_0000;
const UNBINDABLE: u64 = 1 << 17;

/// Attribute words and their bit.
const BITS: [(&str, u64); 6] = [
    ("ro", RDONLY),
    ("nosuid", NOSUID),
    ("nodev", NODEV),
    ("noexec", NOEXEC),
    ("nodiratime", NODIRATIME),
    ("nosymfollow", NOSYMFOLLOW),
];

/// Their opposites: what a mount is without them.
const OPPOSITES: [(&str, u64); 6] = [
    ("rw", RDONLY),
    ("suid", NOSUID),
    ("dev", NODEV),
    ("exec", NOEXEC),
    ("diratime", NODIRATIME),
    ("symfollow", NOSYMFOLLOW),
];

const PROPAGATIONS: [(&str, u64); 4] = [
    ("private", PRIVATE),
    ("slave", SLAVE),
    ("shared", SHARED),
    ("unbindable", UNBINDABLE),
];

/// Every word known, as `features` lists them.
pub fn known() -> Vec<String> {
    let mut words: Vec<String> = [
        "async",
        "atime",
        "bind",
        COPY_LINK,
        "defaults",
        "dirsync",
        "lazytime",
        "loud",
        "noatime",
        "nolazytime",
        "norelatime",
        "nostrictatime",
        "rbind",
        "relatime",
        "silent",
        "strictatime",
        "sync",
        "tmpcopyup",
        "ratime",
        "rnoatime",
        "rnorelatime",
        "rnostrictatime",
        "rrelatime",
        "rstrictatime",
    ]
    .map(str::to_owned)
    .to_vec();
    for (word, _) in BITS.iter().chain(&OPPOSITES).chain(&PROPAGATIONS) {
        words.push((*word).to_owned());
        words.push(format!("r{word}"));
    }
    words.sort();
    words
}

/// Reads the words; the last one of a kind holds.
pub fn parse(words: &[String]) -> Options {
    let mut options = Options::default();
    for word in words {
        if !options.take(word) {
            let (key, value) = word.split_once('=').unwrap_or((word, ""));
            options.parameters.push((key.to_owned(), value.to_owned()));
        }
    }
    options
}

impl Options {
    /// Whether the source is the same path in the container that lends it.
    pub fn is_borrowed(&self) -> bool {
        self.parameters.iter().any(|(key, _)| key == BORROWED)
    }

    fn take(&mut self, word: &str) -> bool {
        match word {
            "bind" => self.bind = true,
            "rbind" => {
                self.bind = true;
                self.recursive = true;
            }
            "tmpcopyup" => self.copy_up = true,
            COPY_LINK => self.copy_link = true,
            // What is so anyway, or concerns the caller only.
            "defaults" | "async" | "loud" | "silent" | "norelatime" | "nostrictatime"
            | "nolazytime" | "rnorelatime" | "rnostrictatime" => {}
            "remount" | "idmap" | "ridmap" | "iversion" | "noiversion" | "mand" | "nomand" => {
                self.refused.push(word.to_owned());
            }
            _ => return self.attribute(word),
        }
        true
    }

    fn attribute(&mut self, word: &str) -> bool {
        for (name, value) in PROPAGATIONS {
            if word == name || word.strip_prefix('r') == Some(name) {
                self.attributes.propagation = value;
                self.deep_propagation = word != name;
                return true;
            }
        }
        for (name, bit) in BITS {
            let Some(attributes) = self.level(word, name) else {
                continue;
            };
            attributes.set |= bit;
            attributes.clear &= !bit;
            return true;
        }
        for (name, bit) in OPPOSITES {
            // In a clone whose flags the kernel has locked there is nothing to undo.
            if word == name {
                self.attributes.set &= !bit;
                return true;
            }
            if word.strip_prefix('r') == Some(name) {
                self.tree.set &= !bit;
                self.tree.clear |= bit;
                return true;
            }
        }
        for (name, bit) in [
            ("noatime", NOATIME),
            ("strictatime", STRICTATIME),
            ("relatime", 0),
            ("atime", 0),
        ] {
            let Some(attributes) = self.level(word, name) else {
                continue;
            };
            attributes.set = attributes.set & !ATIME_MASK | bit;
            // Relative times are what a mount has, and its own words may be locked.
            attributes.clear = if bit == 0 { 0 } else { ATIME_MASK };
            return true;
        }
        false
    }

    /// The attributes that `word` is about, if it is `name` or `name` for the whole tree.
    fn level(&mut self, word: &str, name: &str) -> Option<&mut Attributes> {
        if word == name {
            Some(&mut self.attributes)
        } else if word.strip_prefix('r') == Some(name) {
            Some(&mut self.tree)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn options_become_attributes() {
        let options = parse(&words("rbind,ro,nosuid,rprivate"));
        assert!(options.bind && options.recursive && options.deep_propagation);
        assert_eq!(options.attributes.set, RDONLY | NOSUID);
        assert_eq!(options.attributes.propagation, PRIVATE);
        let options = parse(&words("nosuid,strictatime,mode=755,size=65536k"));
        assert_eq!(options.attributes.set, NOSUID | STRICTATIME);
        assert_eq!(
            options.parameters[1],
            ("size".to_owned(), "65536k".to_owned())
        );
    }

    #[test]
    fn an_r_in_front_is_the_whole_tree() {
        let options = parse(&words("rro,rnosuid,rsuid,noexec,exec"));
        assert_eq!(options.tree.set, RDONLY);
        assert_eq!(options.tree.clear, NOSUID);
        assert_eq!(options.attributes.set, 0);
    }

    #[test]
    fn the_last_word_about_times_holds() {
        let options = parse(&words("noatime,strictatime"));
        assert_eq!(options.attributes.set, STRICTATIME);
        assert_eq!(options.attributes.clear, ATIME_MASK);
        let options = parse(&words("noatime,relatime"));
        assert_eq!((options.attributes.set, options.attributes.clear), (0, 0));
    }

    #[test]
    fn what_cannot_be_done_is_named() {
        assert_eq!(parse(&words("idmap,ro")).refused, ["idmap"]);
    }
}
