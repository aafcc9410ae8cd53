//! Mounts of the spec as steps, and who performs them.
//!
//! The builder makes what init's namespaces do not matter for; proc, sysfs, mqueue and
//! cgroup2, and whatever is mounted below them, are the helper's, who has joined those
//! namespaces (`design.md` section 5: U0 makes the mounts, so that they are locked).

use oci_spec::runtime::Mount;

use crate::runtime::bundle_step::BundleStep;
use crate::runtime::mount_options::{Options, parse};
use crate::runtime::owner::Owner;
use crate::runtime::plan::Session;
use crate::runtime::step::{
    Attributes, Link, NODEV, NOEXEC, NOSUID, Overlay, PRIVATE, RDONLY, Register, Step, Target, Want,
};

/// Steps of the two actors that mount.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Mounts {
    pub builder: Vec<Step>,
    pub helper: Vec<Step>,
}

/// The helper's kinds: their content depends on the namespaces of who mounts them.
pub fn is_the_helpers(kind: &str) -> bool {
    matches!(kind, "proc" | "sysfs" | "mqueue" | "cgroup" | "cgroup2")
}

pub fn below(path: &str, parent: &str) -> bool {
    path.strip_prefix(parent)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Mounts {
    /// Translates the spec's mounts, in their order.
    ///
    /// The session's `staging` is a place of the host's tree that only the builder's namespace
    /// sees used.
    pub fn of(mounts: &[Mount], owner: &Owner, session: &Session) -> Self {
        let mut result = Self::default();
        let mut helpers: Vec<String> = Vec::new();
        let mut close_dev = false;
        for mount in mounts {
            let path = mount.destination().to_string_lossy().into_owned();
            let none = Vec::new();
            let options = parse(mount.options().as_ref().unwrap_or(&none));
            let mut options = options;
            if path == "/dev" && options.attributes.set & RDONLY != 0 {
                // Once everything is in it.
                options.attributes.set &= !RDONLY;
                close_dev = true;
            }
            let kind = if options.bind {
                "bind"
            } else {
                mount.typ().as_deref().unwrap_or("bind")
            };
            let steps = match kind {
                "overlay" => tree(options, &path, &session.staging),
                "bind" if options.is_borrowed() => borrowed(session.lender, &path),
                _ => steps_of(mount, kind, options, &path, owner, session.grouped),
            };
            if is_the_helpers(kind) || helpers.iter().any(|parent| below(&path, parent)) {
                helpers.push(path);
                result.helper.extend(steps);
            } else {
                result.builder.extend(steps);
            }
        }
        if close_dev {
            result.helper.extend([
                Step::OpenIn {
                    to: Register::DEV,
                    root: Register::ROOT,
                    path: "/dev".to_owned(),
                },
                Step::SetAttributes {
                    of: Register::DEV,
                    recursive: false,
                    attributes: Attributes {
                        set: RDONLY,
                        ..Attributes::default()
                    },
                },
            ]);
        }
        result
    }
}

fn steps_of(
    mount: &Mount,
    kind: &str,
    mut options: Options,
    path: &str,
    owner: &Owner,
    grouped: bool,
) -> Vec<Step> {
    if kind == "bind" {
        let source = mount
            .source()
            .as_ref()
            .map(|s| s.to_string_lossy().into_owned())
            .unwrap_or_default();
        let link = options.copy_link.then(|| std::fs::read_link(&source).ok());
        return match link.flatten() {
            Some(target) => vec![link_at(path, &target.to_string_lossy())],
            None => bind(&source, options, path),
        };
    }
    let kind = if kind == "cgroup" { "cgroup2" } else { kind };
    let own = match path {
        "/dev" => Register::DEV,
        "/proc" => Register::PROC,
        _ => Register::MOUNT,
    };
    for (key, value) in &mut options.parameters {
        // The kernel reads it in the namespace of who mounts: U0.
        if key == "gid"
            && let Ok(gid) = value.parse()
        {
            *value = owner.group(gid).to_string();
        }
    }
    let attributes = options.attributes.set | options.tree.set;
    let mut steps = vec![Step::Filesystem {
        to: own,
        kind: kind.to_owned(),
        attributes,
        parameters: options.parameters,
    }];
    if matches!(kind, "tmpfs" | "mqueue" | "ramfs") {
        steps.extend(owner.of_mount(own));
    }
    // For systemd inside: elsewhere nothing there is to be written.
    if kind == "cgroup2" && attributes & RDONLY == 0 && grouped && owner.root.is_some() {
        steps.push(Step::OwnGroup { of: own });
    }
    if options.copy_up {
        steps.push(Step::Bundle(BundleStep::CopyUp {
            mount: own,
            path: path.to_owned(),
        }));
    }
    if path == "/dev" && kind == "tmpfs" {
        steps.extend(dev_links());
    }
    // Kept beyond the attaching: its root is reached again through the container's root.
    let real = matches!(path, "/proc" | "/sys" | "/dev");
    steps.push(Step::Attach {
        mount: own,
        root: Register::ROOT,
        target: if real {
            Target::RealDirectory
        } else {
            Target::Directory
        },
        path: path.to_owned(),
        optional: false,
    });
    steps
}

/// A copy of a link; one that is there already, from an earlier start, stays.
fn link_at(path: &str, target: &str) -> Step {
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
    Step::Link {
        root: Register::ROOT,
        manner: Link::InNewDirectory,
        directory: format!("/{directory}"),
        name: name.to_owned(),
        target: target.to_owned(),
    }
}

fn bind(source: &str, options: Options, path: &str) -> Vec<Step> {
    let mut attributes = options.attributes;
    // Read-only is read-only down to the last mount below.
    attributes.set |= options.tree.set;
    attributes.clear |= options.tree.clear;
    if attributes.propagation == 0 {
        attributes.propagation = PRIVATE;
    }
    let mut steps = match below_of(source, &options) {
        Some((top, inside)) => vec![
            Step::Open {
                to: Register::SOURCE,
                path: top,
                want: Want::Directory,
            },
            Step::CloneIn {
                to: Register::MOUNT,
                root: Register::SOURCE,
                path: inside,
            },
        ],
        None => vec![
            Step::Open {
                to: Register::SOURCE,
                path: source.to_owned(),
                want: Want::Anything,
            },
            Step::CloneTree {
                to: Register::MOUNT,
                from: Register::SOURCE,
                recursive: options.recursive,
            },
        ],
    };
    steps.extend([
        Step::SetAttributes {
            of: Register::MOUNT,
            recursive: true,
            attributes,
        },
        Step::Attach {
            mount: Register::MOUNT,
            root: Register::ROOT,
            target: target_of(source),
            path: path.to_owned(),
            optional: false,
        },
    ]);
    steps
}

/// What the container whose IPC namespace is shared has at the same path.
fn borrowed(lender: Option<std::os::fd::RawFd>, path: &str) -> Vec<Step> {
    let Some(of) = lender else {
        return Vec::new();
    };
    vec![
        Step::Borrow {
            to: Register::MOUNT,
            of,
            path: path.to_owned(),
        },
        Step::SetAttributes {
            of: Register::MOUNT,
            recursive: false,
            attributes: Attributes {
                set: NOSUID | NODEV | NOEXEC,
                clear: 0,
                propagation: PRIVATE,
            },
        },
        Step::Attach {
            mount: Register::MOUNT,
            root: Register::ROOT,
            target: Target::Directory,
            path: path.to_owned(),
            optional: false,
        },
    ]
}

/// A source below a directory that is somebody else's: resolved inside of it (S-58).
fn below_of(source: &str, options: &Options) -> Option<(String, String)> {
    let mut parameters = options.parameters.iter();
    let (_, top) = parameters.find(|(key, _)| key == "X-coracle.below")?;
    let inside = source.strip_prefix(top.as_str())?;
    Some((top.clone(), inside.trim_start_matches('/').to_owned()))
}

/// An overlay of layers: an image's tree.
fn tree(options: Options, path: &str, staging: &str) -> Vec<Step> {
    let value = |wanted: &str| {
        let mut parameters = options.parameters.iter();
        parameters
            .find(|(key, _)| key == wanted)
            .map(|(_, value)| value.clone())
    };
    let mut steps = vec![Step::Overlay {
        to: Register::SOURCE,
        overlay: Overlay {
            staging: staging.to_owned(),
            upper: value("upperdir").zip(value("workdir")),
            volatile: false,
            lowers: value("lowerdir").as_deref().map(layers).unwrap_or_default(),
            data: None,
        },
    }];
    let whole = Register::SOURCE;
    let mount = match value("X-coracle.subpath") {
        None => whole,
        // What is attached nowhere can be cloned since Linux 6.15 only: for a moment it lies on
        // top of the container's root.
        Some(inside) => {
            steps.extend([
                Step::Place {
                    mount: whole,
                    path: staging.to_owned(),
                },
                Step::CloneIn {
                    to: Register::MOUNT,
                    root: whole,
                    path: inside,
                },
                Step::Unplace(staging.to_owned()),
            ]);
            Register::MOUNT
        }
    };
    steps.extend([
        Step::SetAttributes {
            of: mount,
            recursive: false,
            attributes: Attributes {
                set: options.attributes.set | options.tree.set,
                clear: options.attributes.clear | options.tree.clear,
                propagation: options.attributes.propagation,
            },
        },
        Step::Attach {
            mount,
            root: Register::ROOT,
            target: Target::Directory,
            path: path.to_owned(),
            optional: false,
        },
    ]);
    steps
}

/// Splits `lowerdir`: a backslash takes a colon's meaning away.
fn layers(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let last = all.last_mut().expect("never empty");
        match c {
            ':' => all.push(String::new()),
            '\\' => last.extend(chars.next()),
            other => last.push(other),
        }
    }
    all
}

/// What the source is decides what is made when the target is missing. Looked at once more
/// by the guest: a source that changed meanwhile does not fit its target, and is refused.
pub fn target_of(source: &str) -> Target {
    match std::fs::metadata(source) {
        Ok(facts) if !facts.is_dir() => Target::File,
        _ => Target::Directory,
    }
}

/// The links every /dev has: runtime-spec, config-linux.md "Default Devices".
pub fn dev_links() -> Vec<Step> {
    let link = |target: &str, path: &str| Step::Symlink {
        root: Register::DEV,
        target: target.to_owned(),
        path: path.to_owned(),
    };
    let mut steps = vec![
        link("/proc/self/fd", "fd"),
        link("/proc/self/fd/0", "stdin"),
        link("/proc/self/fd/1", "stdout"),
        link("/proc/self/fd/2", "stderr"),
        link("/proc/kcore", "core"),
        link("pts/ptmx", "ptmx"),
    ];
    // shm is made by its mount: `--ipc none` has none.
    for directory in ["pts", "mqueue"] {
        steps.push(Step::Mkdir {
            root: Register::DEV,
            mode: 0o755,
            path: directory.to_owned(),
        });
    }
    steps
}

/// The device nodes of the default list, each checked by its numbers (S-53, S-62).
pub const DEVICES: [(&str, u32, u32); 6] = [
    ("null", 1, 3),
    ("zero", 1, 5),
    ("full", 1, 7),
    ("random", 1, 8),
    ("urandom", 1, 9),
    ("tty", 5, 0),
];

/// Binds the host's default device nodes into the container's /dev.
pub fn devices() -> Vec<Step> {
    let mut steps = Vec::new();
    for (name, major, minor) in DEVICES {
        let path = format!("/dev/{name}");
        let want = Want::Device(major, minor);
        steps.push(Step::Open {
            to: Register::SOURCE,
            path: path.clone(),
            want,
        });
        steps.push(Step::CloneTree {
            to: Register::MOUNT,
            from: Register::SOURCE,
            recursive: false,
        });
        // Out of the host's peer group (S-59), and only a device (S-62).
        steps.push(Step::SetAttributes {
            of: Register::MOUNT,
            recursive: false,
            attributes: Attributes {
                set: NOSUID | NOEXEC,
                clear: 0,
                propagation: PRIVATE,
            },
        });
        steps.push(Step::Attach {
            mount: Register::MOUNT,
            root: Register::ROOT,
            target: Target::File,
            path,
            optional: false,
        });
    }
    steps
}

/// The covers for masked paths: the host's null device and one empty read-only tmpfs (S-53).
pub fn covers() -> Vec<Step> {
    vec![
        Step::Open {
            to: Register::NULL,
            path: "/dev/null".to_owned(),
            want: Want::Device(1, 3),
        },
        Step::Filesystem {
            to: Register::EMPTY,
            kind: "tmpfs".to_owned(),
            attributes: RDONLY | NOSUID | NODEV | NOEXEC,
            parameters: vec![
                ("size".to_owned(), "4k".to_owned()),
                ("mode".to_owned(), "755".to_owned()),
            ],
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_may_have_colons() {
        assert_eq!(layers("/a:/b"), ["/a", "/b"]);
        assert_eq!(layers("/a\\:x:/b\\\\"), ["/a:x", "/b\\"]);
    }

    #[test]
    fn what_lies_below_proc_is_the_helpers() {
        assert!(below("/proc/x", "/proc"));
        assert!(below("/proc", "/proc"));
        assert!(!below("/process", "/proc"));
    }
}
