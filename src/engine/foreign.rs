//! Containers that another OCI runtime makes: finding it, and what is told of its failures.
//!
//! The runtime is chosen when the container is created, as with Podman, and recorded: whatever
//! starts it again uses the same. How it is run: [`crate::runtime::foreign`].

use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

use oci_spec::runtime::Spec;

use crate::engine::bundle::{Bundle, SPEC};
use crate::engine::{Engine, Error, Kind};
use crate::runtime::Failure;
use crate::runtime::cgroup::Place;
use crate::runtime::foreign::{Foreign, ForeignStep, last_error};
use crate::runtime::launch::Passed;
use crate::runtime::step::Step;
use crate::spec;
use crate::types::ContainerRecord;
use crate::types::container::ForeignRuntime;
use crate::types::escape;

/// Where runtimes are looked for besides PATH.
const FOLDERS: [&str; 6] = [
    "/usr/bin",
    "/usr/sbin",
    "/usr/local/bin",
    "/usr/local/sbin",
    "/bin",
    "/sbin",
];

impl Engine {
    /// The runtime that `--runtime` names; `None` is ours.
    pub(crate) fn foreign_runtime(&self) -> Result<Option<ForeignRuntime>, Error> {
        self.runtime_called(self.settings.runtime.as_deref())
    }

    /// The runtime of this name; `None` is ours.
    pub(crate) fn runtime_called(
        &self,
        name: Option<&str>,
    ) -> Result<Option<ForeignRuntime>, Error> {
        let name = match name {
            None | Some("" | "coracle") => return self.refuse_runtime_flags().map(|()| None),
            Some(name) => name,
        };
        let path = find(name).ok_or_else(|| {
            Error::new(format!("OCI runtime {} not found", escape::quoted(name)))
                .hint("--runtime takes the name of a program in PATH, or its absolute path")
        })?;
        // By the name of its own it is an OCI runtime like any other.
        let stands_alone = path
            .file_name()
            .is_some_and(|name| name == "coracle-runtime");
        if !stands_alone && is_ours(&path) {
            return self.refuse_runtime_flags().map(|()| None);
        }
        let flags = self.settings.runtime_flags.iter();
        Ok(Some(ForeignRuntime {
            name: name.to_owned(),
            path,
            options: flags.map(|flag| format!("--{flag}")).collect(),
        }))
    }

    /// The built-in runtime has no options: what another one would not know ends alike, 126.
    fn refuse_runtime_flags(&self) -> Result<(), Error> {
        let Some(flag) = self.settings.runtime_flags.first() else {
            return Ok(());
        };
        let flag = escape::visible(flag);
        Err(Error::of(
            Kind::CannotRun,
            format!("the built-in runtime has no option {flag}"),
        )
        .hint("--runtime chooses another one"))
    }

    /// Where the runtime of a start finds and puts its things.
    pub(crate) fn foreign(
        &self,
        record: &ContainerRecord,
        runtime: &ForeignRuntime,
        bundle: &Bundle,
        passed: &mut Passed,
    ) -> Result<Foreign, Error> {
        if !record.request.preserve_fds.is_empty() {
            return Err(Error::new(
                "--preserve-fds is not passed on to another runtime",
            ));
        }
        // Not in the bundle: with 64 digits in it the path would be longer than a socket's.
        let name = format!("console-{}", record.id.short());
        let path = self.runtime_dir()?.join(name);
        let console = match record.request.tty {
            true => {
                let _ = std::fs::remove_file(&path);
                let listener = UnixListener::bind(&path)
                    .map_err(|error| Error::file("making", &path, error))?;
                Some((passed.add(listener.into()), path))
            }
            false => None,
        };
        let beside_record = self.store()?.container_dir(&record.id);
        let place = match bundle.tells_secrets() {
            true => bundle.directory.clone(),
            false => beside_record,
        };
        if bundle.tells_secrets() {
            write_whole(bundle, &bundle.whole_spec())?;
        }
        Ok(Foreign {
            program: runtime.path.clone(),
            options: runtime.options.clone(),
            id: record.id.to_string(),
            bundle: place,
            directory: bundle.directory.clone(),
            grouped: bundle.grouped,
            console,
            env: environment(),
        })
    }

    /// Writes into the bundle where another runtime is to put the container: config-linux.md,
    /// "Cgroups Path". Before the runtime reads it.
    pub(crate) fn name_group(
        &self,
        record: &ContainerRecord,
        bundle: &Bundle,
        place: &Place,
    ) -> Result<(), Error> {
        let grouped = |mut spec: Spec| {
            let mut linux = spec.linux().clone().unwrap_or_default();
            linux.set_cgroups_path(Some(PathBuf::from(place.cgroup.path())));
            spec.set_linux(Some(linux));
            spec
        };
        if bundle.tells_secrets() {
            write_whole(bundle, &grouped(bundle.whole_spec().into_owned()))?;
        }
        let text = spec::to_json(&grouped(bundle.spec.clone()));
        let store = self.store()?;
        Ok(store.write_beside_record(&record.id, SPEC, text.as_ref())?)
    }
}

/// Writes a spec with secrets where it goes with the run: closed to others, in the runtime's
/// directory.
fn write_whole(bundle: &Bundle, spec: &Spec) -> Result<(), Error> {
    let path = bundle.directory.join(SPEC);
    let mut options = std::fs::File::options();
    options.write(true).create(true).truncate(true).mode(0o600);
    options
        .open(&path)
        .and_then(|mut file| file.write_all(spec::to_json(spec).as_ref()))
        .map_err(|error| Error::file("writing", &path, error))
}

/// Finds the executable.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let runs = |path: &Path| {
        let facts = path.metadata();
        facts.is_ok_and(|facts| facts.is_file() && facts.permissions().mode() & 0o111 != 0)
    };
    if name.contains('/') {
        let path = PathBuf::from(name);
        return (path.is_absolute() && runs(&path)).then_some(path);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders
        .into_iter()
        .chain(FOLDERS.map(PathBuf::from))
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|path| runs(path))
}

/// Whether a program is this one, or a copy: `info` names it as the runtime, and people copy it.
fn is_ours(path: &Path) -> bool {
    const LARGEST: u64 = 1 << 30;
    let open = |path: &Path| std::fs::File::open(path);
    let (Ok(one), Ok(other)) = (open(path), open(Path::new("/proc/self/exe"))) else {
        return false;
    };
    let (Ok(a), Ok(b)) = (one.metadata(), other.metadata()) else {
        return false;
    };
    if (a.dev(), a.ino()) == (b.dev(), b.ino()) {
        return true;
    }
    a.len() == b.len() && a.len() < LARGEST && same_bytes(one, other)
}

fn same_bytes(mut one: impl Read, mut other: impl Read) -> bool {
    let (mut a, mut b) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        let Ok(count) = one.read(&mut a) else {
            return false;
        };
        if count == 0 {
            return true;
        }
        if other.read_exact(&mut b[..count]).is_err() || a[..count] != b[..count] {
            return false;
        }
    }
}

/// What a runtime may need of the caller's environment, and nothing of the container's.
fn environment() -> Vec<String> {
    let kept = [
        "PATH",
        "HOME",
        "XDG_RUNTIME_DIR",
        "DBUS_SESSION_BUS_ADDRESS",
    ];
    let set = kept.iter().filter_map(|name| {
        let value = std::env::var(name).ok()?;
        Some(format!("{name}={value}"))
    });
    set.collect()
}

/// Says why a runtime failed, by its own log; `None` for failures of ours.
pub(crate) fn explain(record: &ContainerRecord, log: &Path, failure: &Failure) -> Option<Error> {
    let runtime = record.runtime.as_ref()?;
    let Failure::Step {
        step: Some(step), ..
    } = failure
    else {
        return None;
    };
    if !matches!(&**step, Step::Foreign(ForeignStep::Run { .. })) {
        return None;
    }
    let said = last_error(log).unwrap_or_else(|| failure.to_string());
    let lower = said.to_lowercase();
    // The words that Podman takes its exit codes from.
    let kind = if lower.contains("permission denied") || lower.contains("operation not permitted") {
        Kind::CannotRun
    } else if lower.contains("executable file") || lower.contains("no such file or directory") {
        Kind::NotFound
    } else {
        Kind::CannotRun
    };
    let said = escape::visible(&said);
    let (name, runtime) = (&record.name, escape::visible(&runtime.name));
    Some(Error::of(
        kind,
        format!("cannot run {name}: {runtime}: {said}"),
    ))
}
