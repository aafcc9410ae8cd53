//! Mounts of a bundle's spec as steps: exactly its words, where a start of ours has its own.
//!
//! Sources are opened and cloned first, in the caller's mount namespace and with his rights;
//! what is made of them later needs no path outside the container.

use std::path::{Path, PathBuf};

use oci_spec::runtime::Mount;

use crate::runtime::bundle_step::BundleStep;
use crate::runtime::error::Error;
use crate::runtime::mount_options::{Options, parse};
use crate::runtime::mounts::{below, is_the_helpers, target_of};
use crate::runtime::step::{
    Attributes, NODEV, NOEXEC, NOSUID, PRIVATE, RDONLY, Register, Step, Target, Want,
};

/// Steps of the actors, in three lots.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct BundleMounts {
    pub sources: Vec<Step>,
    pub builder: Vec<Step>,
    pub helper: Vec<Step>,
    /// Whether /dev is the host's or a volume: then nothing is made in it.
    pub dev_is_bound: bool,
    next: u64,
}

/// What a mount of type `cgroup` shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CgroupView {
    /// Version 2, mounted anew in the container's own cgroup namespace.
    Fresh,
    /// Version 2 without one: this directory.
    Bound(PathBuf),
    /// Version 1: name and directory of each hierarchy.
    Hierarchies(Vec<(String, PathBuf)>),
}

/// The first register of a source, and how many there are.
const FIRST: u64 = 64;
const MOST: u64 = 400;

impl BundleMounts {
    /// Translates the mounts in their order; relative sources lie in the bundle.
    pub fn of(mounts: &[Mount], bundle: &Path, cgroups: &CgroupView) -> Result<Self, Error> {
        let mut result = Self::default();
        let mut helpers: Vec<String> = Vec::new();
        for mount in mounts {
            let inside = Path::new("/").join(mount.destination());
            let path = inside.to_string_lossy().into_owned();
            let words = mount.options().as_deref().unwrap_or_default();
            let options = parse(words);
            let kind = match mount.typ().as_deref() {
                _ if options.bind => "bind",
                None | Some("" | "none") => "bind",
                Some(kind) => kind,
            };
            result.dev_is_bound |= kind == "bind" && path.trim_end_matches('/') == "/dev";
            let steps = match kind {
                "bind" => {
                    let source = mount.source().clone().unwrap_or_default();
                    result.bind(&bundle.join(source), &options, &path)?
                }
                "cgroup" | "cgroup2" => result.cgroup(cgroups, &options, &path)?,
                kind => filesystem(mount, kind, options, &path),
            };
            if is_the_helpers(kind) || helpers.iter().any(|parent| below(&path, parent)) {
                helpers.push(path);
                result.helper.extend(steps);
            } else {
                result.builder.extend(steps);
            }
        }
        Ok(result)
    }

    /// Opens and clones a source; the register it waits in.
    fn source(&mut self, path: &Path, recursive: bool) -> Result<Register, Error> {
        if self.next >= MOST {
            return Err(Error::refused(
                "mounts",
                format!("more than {MOST} are bound"),
            ));
        }
        let to = Register(FIRST + self.next);
        self.next += 1;
        self.sources.push(Step::Open {
            to: Register::SOURCE,
            path: path.to_string_lossy().into_owned(),
            want: Want::Anything,
        });
        self.sources.push(Step::CloneTree {
            to,
            from: Register::SOURCE,
            recursive,
        });
        Ok(to)
    }

    fn bind(&mut self, source: &Path, options: &Options, path: &str) -> Result<Vec<Step>, Error> {
        let of = self.source(source, options.recursive)?;
        let mut steps = attributes(of, options);
        steps.push(attach(of, target_of(&source.to_string_lossy()), path));
        Ok(steps)
    }

    fn cgroup(
        &mut self,
        view: &CgroupView,
        options: &Options,
        path: &str,
    ) -> Result<Vec<Step>, Error> {
        match view {
            CgroupView::Fresh => Ok(vec![
                Step::Filesystem {
                    to: Register::MOUNT,
                    kind: "cgroup2".to_owned(),
                    attributes: options.attributes.set | options.tree.set,
                    parameters: Vec::new(),
                },
                attach(Register::MOUNT, Target::Directory, path),
            ]),
            CgroupView::Bound(directory) => {
                let of = self.source(directory, true)?;
                let mut steps = attributes(of, options);
                steps.push(attach(of, Target::Directory, path));
                Ok(steps)
            }
            CgroupView::Hierarchies(all) => self.hierarchies(all, options, path),
        }
    }

    /// A tmpfs with one directory per hierarchy, read-only whatever the words say: whoever may
    /// write version 1 files may set a release agent (S-60, CVE-2022-0492).
    fn hierarchies(
        &mut self,
        all: &[(String, PathBuf)],
        options: &Options,
        path: &str,
    ) -> Result<Vec<Step>, Error> {
        let set = options.attributes.set | options.tree.set | NOSUID | NODEV | NOEXEC;
        let mut steps = vec![
            Step::Filesystem {
                to: Register::MOUNT,
                kind: "tmpfs".to_owned(),
                attributes: set & !RDONLY,
                parameters: vec![
                    ("source".to_owned(), "cgroup".to_owned()),
                    ("mode".to_owned(), "755".to_owned()),
                ],
            },
            attach(Register::MOUNT, Target::Directory, path),
        ];
        for (name, directory) in all {
            let of = self.source(directory, false)?;
            steps.push(Step::SetAttributes {
                of,
                recursive: true,
                attributes: Attributes {
                    set: set | RDONLY,
                    clear: 0,
                    propagation: PRIVATE,
                },
            });
            steps.push(attach(of, Target::Directory, &format!("{path}/{name}")));
        }
        if options.attributes.set & RDONLY != 0 {
            steps.push(Step::OpenIn {
                to: Register::MOUNT,
                root: Register::ROOT,
                path: path.to_owned(),
            });
            steps.push(Step::Bundle(BundleStep::Remount {
                mount: Register::MOUNT,
                set: RDONLY,
            }));
        }
        Ok(steps)
    }
}

/// Words about the tree, then those about the mount itself.
fn attributes(of: Register, options: &Options) -> Vec<Step> {
    let mut tree = options.tree;
    let mut own = options.attributes;
    let propagation = match own.propagation {
        0 => PRIVATE,
        wanted => wanted,
    };
    own.propagation = 0;
    let mut steps = Vec::new();
    if options.deep_propagation || options.attributes.propagation == 0 {
        tree.propagation = propagation;
    } else {
        own.propagation = propagation;
    }
    for (recursive, attributes) in [(true, tree), (false, own)] {
        if attributes != Attributes::default() {
            steps.push(Step::SetAttributes {
                of,
                recursive,
                attributes,
            });
        }
    }
    steps
}

fn attach(mount: Register, target: Target, path: &str) -> Step {
    Step::Attach {
        mount,
        root: Register::ROOT,
        target,
        path: path.to_owned(),
        optional: false,
    }
}

fn filesystem(mount: &Mount, kind: &str, options: Options, path: &str) -> Vec<Step> {
    let to = match path {
        "/proc" if kind == "proc" => Register::PROC,
        _ => Register::MOUNT,
    };
    let mut parameters = options.parameters;
    if let Some(source) = mount.source() {
        let source = source.to_string_lossy().into_owned();
        if !source.is_empty() {
            parameters.insert(0, ("source".to_owned(), source));
        }
    }
    let set = options.attributes.set | options.tree.set;
    let copy_up = options.copy_up && kind == "tmpfs";
    let mut steps = vec![Step::Filesystem {
        to,
        kind: kind.to_owned(),
        attributes: if copy_up { set & !RDONLY } else { set },
        parameters,
    }];
    if copy_up {
        steps.push(Step::Bundle(BundleStep::CopyUp {
            mount: to,
            path: path.to_owned(),
        }));
        if set & RDONLY != 0 {
            steps.push(Step::Bundle(BundleStep::Remount {
                mount: to,
                set: RDONLY,
            }));
        }
    }
    if options.attributes.propagation != 0 {
        steps.push(Step::SetAttributes {
            of: to,
            recursive: false,
            attributes: Attributes {
                set: 0,
                clear: 0,
                propagation: options.attributes.propagation,
            },
        });
    }
    let real = matches!(path, "/proc" | "/sys" | "/dev");
    steps.push(attach(
        to,
        if real {
            Target::RealDirectory
        } else {
            Target::Directory
        },
        path,
    ));
    steps
}
