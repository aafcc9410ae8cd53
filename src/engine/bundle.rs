//! The bundle of one start: the OCI spec and the files it names, on the runtime tmpfs.
//!
//! `<runtime dir>/<id>/`: rootfs/ (an empty mount point), resolv.conf, hosts, hostname, the
//! attach socket. All of it can be made again, none of it is state, and a logout may take it.
//! The spec itself lies with the container in the store, where `exec` still finds it then.

use std::fs;
use std::io::{Read, Write};
use std::os::fd::RawFd;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use oci_spec::runtime::{Process, Spec};

use crate::engine::accounts::{Accounted, Grown, account};
use crate::engine::ids::Tree;
use crate::engine::kernel;
use crate::engine::notify;
use crate::engine::rlimits;
use crate::engine::root_directory;
use crate::engine::server;
use crate::engine::shared::{self, Shared};
use crate::engine::time_zone;
use crate::engine::{Engine, Error};
use crate::network;
use crate::network::EtcFile;
use crate::rootfs::Union;
use crate::runtime::launch::{self, Passed};
use crate::runtime::plan::Session;
use crate::runtime::step::Overlay;
use crate::spec;
use crate::spec::seccomp::{Arch, Profile};
use crate::store;
use crate::types::ids::IdExtent;
use crate::types::request::{HostsBase, Mount, MountSource, NamespaceMode, Seccomp};
use crate::types::{ChainId, ContainerRecord, Digest};
use crate::userns;

/// A profile larger than this is not one (S-68).
const MAX_PROFILE: u64 = 1 << 20;

/// The spec's name in the container's directory.
pub(crate) const SPEC: &str = "config.json";

pub struct Bundle {
    pub directory: PathBuf,
    pub spec: Spec,
    pub network: network::Prepared,
    pub user: spec::user::Resolved,
    seccomp: Vec<u8>,
    /// What is mounted; the user is looked up in the image's own layers.
    tree: Tree,
    container: PathBuf,
    upper: PathBuf,
    work: PathBuf,
    /// What the container's root shall own, where that is not U0's.
    owned: Vec<PathBuf>,
    /// What comes to the container's account files.
    added: Vec<Grown>,
    /// The directory of the host that is the root as it is.
    in_place: Option<String>,
    /// Where /etc/localtime leads to in the image.
    zone_link: Option<String>,
    shared: Shared,
    /// Variables that hold secrets.
    variables: Vec<(String, String)>,
    /// There is a place for a control group of the container's own.
    pub grouped: bool,
    single: bool,
    apart: bool,
}

/// Namespaces of others, by their numbers in the guest.
pub struct Joined {
    user: Option<RawFd>,
    lender: Option<RawFd>,
    others: Vec<(RawFd, u64, String)>,
}

impl Bundle {
    /// Prepares everything a start needs that does not need the container to exist.
    pub fn make(
        engine: &Engine,
        record: &ContainerRecord,
        base: &userns::Base,
    ) -> Result<Self, Error> {
        let original = record;
        let mut record = engine.with_devices(record)?;
        engine.with_volumes(&mut record)?;
        let record = &record;
        let request = &record.request;
        let store = engine.store()?;
        let container = store.container_dir(&record.id);
        let directory = engine.runtime_dir()?.join(record.id.as_str());
        let ended_well = store.exit(&record.id)?.is_some_and(|exit| exit.known);
        if !ended_well && directory.exists() {
            // Of a start that was killed before anything was written down.
            crate::engine::strays::end_in(&directory);
        }
        fresh_directory(&directory)?;
        let upper = container.join("upper");
        let tree = engine.union_of(record)?;
        let in_place = root_directory::in_place(record);
        // A user that cannot be is a workload that cannot run: 126, as with Podman.
        let Accounted { user, added } = account(&tree, record).map_err(Error::of_workload)?;
        let zone = request.time_zone.as_ref().filter(|_| in_place.is_none());
        let zone_link = zone.and_then(|zone| time_zone::link(zone, &tree));
        engine.foresee_access(record, &user);
        engine.give_volumes(original, &user, base)?;
        engine.prepare_sources(record, &user, base)?;
        let others = match record.ports.is_empty() {
            true => Vec::new(),
            false => engine.published_ports(&record.id)?,
        };
        let hosts_base = hosts_base(&request.hosts_base, &tree)?;
        let bridged = engine.take_addresses(record, base)?;
        let mut network = network::prepare(&network::Request {
            network: &request.network,
            ports: &record.ports,
            dns: &request.dns,
            dns_search: &request.dns_search,
            dns_options: &request.dns_options,
            add_hosts: &request.add_hosts,
            no_hosts: request.no_hosts,
            hosts_base: hosts_base.as_deref(),
            hostname: &record.hostname,
            name: record.name.as_str(),
            run_dir: &directory,
            cache_dir: directory.parent(),
            others: &others,
            search_path: std::env::var_os("PATH").as_deref(),
            bridged: bridged.as_ref(),
        })?;
        if bridged.is_some() {
            network.helper = Some(engine.keeping(record, &directory)?);
        }
        for warning in &network.warnings {
            engine.warn(warning);
        }
        let profile = match &request.security.seccomp {
            Seccomp::Profile(path) => Some(read_profile(path)?),
            Seccomp::Text(text) => {
                let label = Path::new("of the image's label");
                Some(Profile::parse(text.as_bytes(), label)?)
            }
            _ => None,
        };
        let mut bundle = Self {
            directory,
            spec: Spec::default(),
            network,
            user,
            seccomp: Vec::new(),
            tree: engine.tree(record, base)?,
            owned: Vec::new(),
            added,
            in_place,
            zone_link,
            upper,
            work: container.join("work"),
            container,
            shared: Shared::default(),
            variables: engine.secret_variables(record)?,
            grouped: false,
            single: base.single,
            apart: base.owner().0 != crate::sys::fs::own_uid(),
        };
        bundle.owned = image_uppers(&bundle.container, &record.mounts);
        // A server that turns the owners itself has them on the disk as the image has.
        if bundle.tree.server.is_none() || record.ids.is_none() {
            bundle.owned.push(bundle.upper.clone());
        }
        bundle.write_spec(engine, record, base, profile.as_ref())?;
        Ok(bundle)
    }

    /// The orders for what serves the tree, where the kernel does not.
    pub fn server(
        &self,
        engine: &Engine,
        record: &ContainerRecord,
        passed: &mut Passed,
        user_namespace: RawFd,
    ) -> Result<Option<launch::Server>, Error> {
        let Some(program) = &self.tree.server else {
            return Ok(None);
        };
        let root = engine.store()?.root();
        let errors = self.directory.join(server::ERRORS);
        write_new(&errors, b"")?;
        let errors = fs::File::options()
            .append(true)
            .open(&errors)
            .map_err(|error| Error::file("opening", &errors, error))?;
        let words = server::Words {
            root,
            lowers: &self.tree.layers,
            upper: Some((&self.upper, &self.work)),
            maps: record.ids.as_ref().filter(|_| !self.single),
            volatile: record.request.remove,
            single: self.single,
        };
        Ok(Some(launch::Server {
            user_namespace,
            directory: passed.add(crate::sys::fs::open_directory(root)?),
            errors: passed.add(errors.into()),
            argv: words.argv(program)?,
        }))
    }

    fn write_spec(
        &mut self,
        engine: &Engine,
        record: &ContainerRecord,
        base: &userns::Base,
        profile: Option<&Profile>,
    ) -> Result<(), Error> {
        let request = &record.request;
        let rootfs = self.directory.join("rootfs");
        let generated = self.write_files(engine, record)?;
        self.owned.extend(generated.made());
        let secrets = engine.write_secrets(record, base, &self.directory)?;
        self.owned.extend(secrets.of_root);
        let (network, shared) = match &self.network.namespace {
            network::Namespace::Private => (spec::Namespace::Private, None),
            network::Namespace::Host => (spec::Namespace::Host, None),
            network::Namespace::Container(name) => (spec::Namespace::Private, Some(name.clone())),
            network::Namespace::Path { path, .. } => (spec::Namespace::Join(path.clone()), None),
        };
        let network = match shared {
            Some(name) => self.shared.of_container(engine, &name, shared::NET)?,
            None => network,
        };
        let mut whose = |mode, kind| self.shared.namespace(engine, mode, kind);
        let pid = whose(&request.pid_mode, shared::PID)?;
        let ipc = whose(&request.ipc_mode, shared::IPC)?;
        let uts = whose(&request.uts_mode, shared::UTS)?;
        let cgroup = whose(&request.cgroup_mode, shared::CGROUP)?;
        let user_namespace = self.shared.user(engine, record, base)?;
        // Another runtime mounts in a namespace that is not the lender's.
        let shm = self.shared.shm().filter(|_| record.runtime.is_none());
        let ids = ids_of(record, base);
        let thermal = thermal_cpus();
        let volume = |name: &str| {
            let name = crate::types::ContainerName::parse(name).ok()?;
            Some(engine.store().ok()?.volume_data(&name))
        };
        let layer = |hex: &str| engine.layer_path(hex).ok().flatten();
        let scratch = |target: &str| image_scratch(&self.container, target);
        let init = match (request.init, &request.init_path) {
            (false, _) => None,
            (true, Some(path)) => Some(path.clone()),
            (true, None) => Some(engine.store()?.program(crate::guest::INIT)?),
        };
        let arch = Arch::native().ok_or_else(|| {
            Error::new(format!(
                "no seccomp filter can be made for {}",
                std::env::consts::ARCH
            ))
        })?;
        let input = spec::Input {
            record,
            user: &self.user,
            ids: &ids,
            single_id: base.single,
            host_root: base.owner().0 == 0,
            rootfs: &rootfs,
            generated: spec::Generated {
                resolv_conf: generated.resolv_conf.as_deref(),
                hosts: generated.hosts.as_deref(),
                hostname: generated.hostname.as_deref(),
                containerenv: Some(&generated.containerenv),
                localtime: generated.localtime.as_deref(),
                passwd: generated.passwd.as_deref(),
                group: generated.group.as_deref(),
                secrets: &secrets.places,
            },
            user_namespace,
            network,
            pid,
            ipc,
            uts,
            cgroup,
            cgroup_view: cgroup_view(request),
            shm: shm.as_deref(),
            init: init.as_deref(),
            layer: &layer,
            scratch: &scratch,
            volume: &volume,
            profile,
            machine: spec::Machine {
                kernel: kernel_version(),
                last_capability: last_capability(),
                thermal_cpus: &thermal,
                arch,
                selinux: kernel::has_selinux(),
            },
        };
        self.spec = spec::make(&input)?;
        if let Some(process) = self.spec.process_mut() {
            rlimits::settle(process, request);
        }
        notify::add(&mut self.spec, record, &self.directory)?;
        self.seccomp = engine.filter(&self.spec, arch)?;
        let text = spec::to_json(&self.spec);
        let store = engine.store()?;
        store.write_beside_record(&record.id, SPEC, text.as_ref())?;
        Ok(())
    }

    /// The spec with the variables that hold secrets, which what is kept in the store has not.
    pub fn whole_spec(&self) -> Spec {
        with_variables(&self.spec, &self.variables)
    }

    /// Whether another runtime has to be told what the store does not keep.
    pub fn tells_secrets(&self) -> bool {
        !self.variables.is_empty()
    }

    /// Opens the namespaces to join; the number each will have in the guest.
    pub fn join_namespaces(&self, passed: &mut Passed) -> Result<Joined, Error> {
        let (user, mut others) = self.shared.pass(passed)?;
        if let network::Namespace::Path { path, file } = &self.network.namespace {
            let fd = passed.add_copy(std::os::fd::AsFd::as_fd(file))?;
            let what = format!("the network namespace {}", path.display());
            others.push((fd, shared::NET.0, what));
        }
        Ok(Joined {
            user,
            lender: self.shared.pass_lender(passed)?,
            others,
        })
    }

    /// What the plan needs besides the spec.
    pub fn session(
        &self,
        record: &ContainerRecord,
        user_namespace: Option<RawFd>,
        single: bool,
        joined: Joined,
        kept: Vec<(RawFd, RawFd)>,
    ) -> Session {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let staging = text(&self.directory.join("rootfs"));
        Session {
            user_namespace,
            single,
            apart: self.apart,
            overlay: Overlay {
                staging: staging.clone(),
                upper: Some((text(&self.upper), text(&self.work))),
                volatile: record.request.remove,
                lowers: self.tree.layers.iter().map(|path| text(path)).collect(),
                data: self.tree.data.as_deref().map(text),
            },
            served: self.tree.server.is_some(),
            staging,
            join_user: joined.user,
            lender: joined.lender,
            join: joined.others,
            seccomp: self.seccomp.clone(),
            tty: record.request.tty,
            stdin: record.request.interactive,
            keep_groups: record.request.keep_groups,
            owned: self.owned.iter().map(|path| text(path)).collect(),
            append: match &self.in_place {
                None => self.added.iter().map(Grown::lines).collect(),
                Some(_) => Vec::new(),
            },
            in_place: self.in_place.clone(),
            time_zone: self.zone_link.clone(),
            passes_streams: record.request.log.driver.passes_streams(),
            // The image's is made where it is missing; a typed one that is missing is a slip.
            workdir: match &record.request.workdir {
                Some(_) => None,
                None => Some(record.workdir.clone()),
            },
            kept,
            grouped: self.grouped,
            loopback: matches!(self.network.namespace, network::Namespace::Private),
            personality: None,
        }
    }

    /// Asks slirp4netns for its ports; pasta has bound its own already.
    pub fn forward_ports(&self) -> Result<(), Error> {
        match self
            .network
            .helper
            .as_ref()
            .and_then(|helper| helper.api.as_ref())
        {
            Some(api) => Ok(api.publish()?),
            None => Ok(()),
        }
    }

    fn write_files(&self, engine: &Engine, record: &ContainerRecord) -> Result<Files, Error> {
        let at = |name: &str| self.directory.join(name);
        let etc = |file: &EtcFile, name: &str| -> Result<Option<PathBuf>, Error> {
            match file {
                EtcFile::Text(text) => {
                    write_new(&at(name), text.as_bytes())?;
                    Ok(Some(at(name)))
                }
                EtcFile::Image => Ok(None),
                EtcFile::Shared => engine.shared_file(record, name),
            }
        };
        let request = &record.request;
        write_new(&at("hostname"), format!("{}\n", record.hostname).as_bytes())?;
        let told = match request.privileged {
            true => containerenv(record),
            false => String::new(),
        };
        write_new(&at("containerenv"), told.as_bytes())?;
        let zone = request
            .time_zone
            .as_ref()
            .filter(|_| self.zone_link.is_none());
        let localtime = match zone {
            Some(zone) => {
                write_new(&at("localtime"), &time_zone::read(zone)?)?;
                Some(at("localtime"))
            }
            None => None,
        };
        // The files of a directory of the user's are covered, not changed.
        let account = |path: &str, name: &str| -> Result<Option<PathBuf>, Error> {
            let grown = self.added.iter().find(|grown| grown.path == path);
            let Some(grown) = grown.filter(|_| self.in_place.is_some()) else {
                return Ok(None);
            };
            write_new(&at(name), &grown.whole)?;
            Ok(Some(at(name)))
        };
        Ok(Files {
            passwd: account("/etc/passwd", "passwd")?,
            group: account("/etc/group", "group")?,
            resolv_conf: etc(&self.network.resolv_conf, "resolv.conf")?,
            hosts: etc(&self.network.hosts, "hosts")?,
            hostname: (!request.no_hostname).then(|| at("hostname")),
            containerenv: at("containerenv"),
            localtime,
        })
    }
}

struct Files {
    passwd: Option<PathBuf>,
    group: Option<PathBuf>,
    resolv_conf: Option<PathBuf>,
    hosts: Option<PathBuf>,
    hostname: Option<PathBuf>,
    containerenv: PathBuf,
    localtime: Option<PathBuf>,
}

impl Files {
    /// Those that are this container's own.
    fn made(&self) -> Vec<PathBuf> {
        let own = self.containerenv.parent();
        [
            &self.resolv_conf,
            &self.hosts,
            &self.hostname,
            &self.localtime,
            &self.passwd,
            &self.group,
        ]
        .into_iter()
        .flatten()
        .chain([&self.containerenv])
        .filter(|path| path.parent() == own)
        .cloned()
        .collect()
    }
}

impl Engine {
    /// The file of the container whose network is shared, if it has one.
    fn shared_file(&self, record: &ContainerRecord, name: &str) -> Result<Option<PathBuf>, Error> {
        let crate::types::request::Network::Container(other) = &record.request.network else {
            return Ok(None);
        };
        let other = self.container(other)?;
        let path = other.run.map(|run| run.runtime_dir.join(name));
        Ok(path.filter(|path| path.exists()))
    }

    /// The layers of the record's image as directories, topmost first.
    pub(crate) fn image_layers(&self, record: &ContainerRecord) -> Result<Vec<PathBuf>, Error> {
        let mut paths = Vec::with_capacity(record.layers.len());
        for hex in record.layers.iter().rev() {
            let path = self.layer_path(hex)?.ok_or_else(|| {
                Error::new(format!(
                    "layer {} of image {} is missing",
                    &hex[..12],
                    record.image_name
                ))
                .hint("pull the image again")
            })?;
            paths.push(path);
        }
        if paths.len() > crate::runtime::step::MAX_LAYERS {
            return Err(Error::new(format!(
                "the image has {} layers, overlay takes at most {}",
                paths.len(),
                crate::runtime::step::MAX_LAYERS
            )));
        }
        Ok(paths)
    }

    /// The same of a container that runs, which is why the layers are there.
    pub(crate) fn mounted_layers(&self, record: &ContainerRecord) -> Result<Vec<PathBuf>, Error> {
        let store = self.store()?;
        let paths = record.layers.iter().rev();
        paths
            .map(|hex| Ok(store.layer_diff(&chain(hex)?)))
            .collect()
    }

    /// Where a layer's files are, by its chain id in hex.
    fn layer_path(&self, hex: &str) -> Result<Option<PathBuf>, Error> {
        match self.store()?.needed_layer(&chain(hex)?) {
            Err(store::Error::Unknown { .. }) => Ok(None),
            found => Ok(Some(found?.diff)),
        }
    }
}

/// A spec with more variables in the environment of its process.
fn with_variables(spec: &Spec, variables: &[(String, String)]) -> Spec {
    let mut spec = spec.clone();
    if let Some(process) = spec.process_mut() {
        add_variables(process, variables);
    }
    spec
}

/// Sets variables of a process's environment.
pub(crate) fn add_variables(process: &mut Process, variables: &[(String, String)]) {
    if variables.is_empty() {
        return;
    }
    let mut env = process.env().clone().unwrap_or_default();
    for (name, value) in variables {
        env.retain(|word| word.split('=').next() != Some(name));
        env.push(format!("{name}={value}"));
    }
    process.set_env(Some(env));
}

/// Reads the spec that a start has left with the container in the store.
pub(crate) fn kept_spec(container: &Path) -> std::io::Result<Spec> {
    /// Far more than an engine writes.
    const LIMIT: u64 = 16 << 20;
    let bytes = crate::sys::open::read_plain(&container.join(SPEC), LIMIT)?;
    Ok(serde_json::from_slice(&bytes)?)
}

fn chain(hex: &str) -> Result<ChainId, Error> {
    let digest = Digest::parse_hex(hex).map_err(|error| Error::new(error.to_string()))?;
    Ok(ChainId(digest))
}

/// Where a container keeps what it writes into a mounted image.
pub(crate) fn image_scratch(container: &Path, target: &str) -> PathBuf {
    let name = crate::types::Digest::of(target.as_bytes()).hex();
    container.join(format!("image-{}", &name[..16]))
}

/// What a privileged container may know of itself: podman-run(1), "--privileged"; a file of
/// shell variables, which programs such as toolbox read.
fn containerenv(record: &ContainerRecord) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let rootless = u8::from(crate::sys::fs::own_uid() != 0);
    let quoted = crate::types::escape::quoted;
    format!(
        "engine=\"podman-coracle-{version}\"\nname={}\nid={}\nimage={}\nimageid={}\nrootless={rootless}\n",
        quoted(record.name.as_str()),
        quoted(record.id.as_str()),
        quoted(&record.image_name),
        quoted(&record.image_hex()),
    )
}

/// What is written into mounted images.
fn image_uppers(container: &Path, mounts: &[Mount]) -> Vec<PathBuf> {
    let written = mounts.iter().filter(|mount| match &mount.source {
        MountSource::Image(tree) => tree.writable,
        _ => false,
    });
    written
        .map(|mount| image_scratch(container, &mount.target).join("upper"))
        .collect()
}

/// The text of `--hosts-file`; `None` is the host's own file.
fn hosts_base(base: &HostsBase, tree: &Union) -> Result<Option<String>, Error> {
    const LIMIT: u64 = 64 << 10;
    let bytes = match base {
        HostsBase::Host => return Ok(None),
        HostsBase::Nothing => Vec::new(),
        HostsBase::Image => tree
            .read("/etc/hosts", LIMIT)
            .map_err(|error| Error::new(format!("--hosts-file image: {error}")))?
            .unwrap_or_default(),
        HostsBase::File(path) => {
            let mut bytes = Vec::new();
            fs::File::open(path)
                .and_then(|file| file.take(LIMIT).read_to_end(&mut bytes))
                .map_err(|error| Error::file("reading --hosts-file", path, error))?;
            bytes
        }
    };
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Finds a user in the tree's own account files.
pub(crate) fn look_up_user(
    tree: &Union,
    word: &str,
    groups: &[String],
) -> Result<spec::user::Resolved, Error> {
    let limit = spec::user::MAX_FILE as u64;
    let read = |path: &str| {
        tree.read(path, limit)
            .map_err(|error| Error::new(format!("looking up the user: {error}")))
    };
    let passwd = read("/etc/passwd")?;
    let group = read("/etc/group")?;
    let accounts = spec::user::Accounts {
        passwd: passwd.as_deref(),
        group: group.as_deref(),
    };
    Ok(spec::user::resolve(word, groups, accounts)?)
}

/// The map of the container's own user namespace, a child of U0.
pub(crate) fn ids_of(record: &ContainerRecord, base: &userns::Base) -> spec::Ids {
    if let Some(maps) = &record.ids {
        let extents = |list: &[IdExtent]| {
            list.iter()
                .map(|e| spec::Extent {
                    inside: e.inside,
                    outside: e.outside,
                    count: e.count,
                })
                .collect()
        };
        return spec::Ids {
            uid: extents(&maps.uid),
            gid: extents(&maps.gid),
        };
    }
    let map = base.ids.child_extents();
    let extents = |list: &[userns::Extent]| {
        list.iter()
            .map(|e| spec::Extent {
                inside: e.inside,
                outside: e.outside,
                count: e.count,
            })
            .collect()
    };
    spec::Ids {
        uid: extents(&map.uid),
        gid: extents(&map.gid),
    }
}

fn read_profile(path: &Path) -> Result<Profile, Error> {
    let cannot = |why: String| {
        Error::new(format!(
            "cannot read the seccomp profile {}: {why}",
            path.display()
        ))
    };
    let mut text = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(MAX_PROFILE + 1).read_to_end(&mut text))
        .map_err(|e| cannot(e.to_string()))?;
    if text.len() as u64 > MAX_PROFILE {
        return Err(cannot("larger than 1 MiB".to_owned()));
    }
    Ok(Profile::parse(&text, path)?)
}

/// A version 2 hierarchy can be shown; version 1 never is (S-60).
fn cgroup_view(request: &crate::types::RunRequest) -> spec::CgroupView {
    let v2 = Path::new("/sys/fs/cgroup/cgroup.controllers").exists();
    if v2 && request.cgroup_mode == NamespaceMode::Private {
        spec::CgroupView::Fresh
    } else {
        spec::CgroupView::Omitted
    }
}

fn kernel_version() -> (u32, u32) {
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut numbers = release
        .split(|c: char| !c.is_ascii_digit())
        .map(|n| n.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

pub(crate) fn last_capability() -> u32 {
    let text = fs::read_to_string("/proc/sys/kernel/cap_last_cap").unwrap_or_default();
    text.trim().parse().unwrap_or(40)
}

/// CPUs with a thermal_throttle directory, each of which is masked (S-56).
fn thermal_cpus() -> Vec<u32> {
    let Ok(entries) = fs::read_dir("/sys/devices/system/cpu") else {
        return Vec::new();
    };
    let mut cpus: Vec<u32> = entries
        .flatten()
        .filter(|entry| entry.path().join("thermal_throttle").exists())
        .filter_map(|entry| {
            entry
                .file_name()
                .to_str()?
                .strip_prefix("cpu")?
                .parse()
                .ok()
        })
        .collect();
    cpus.sort_unstable();
    cpus
}

/// Makes the bundle's directory anew; what a run before left in it goes.
fn fresh_directory(path: &Path) -> Result<(), Error> {
    let cannot = |error| Error::file("making", path, error);
    crate::sys::tree::remove_path(path).map_err(|error| cannot(error.into()))?;
    fs::DirBuilder::new()
        .mode(0o700)
        .create(path)
        .map_err(cannot)?;
    fs::DirBuilder::new()
        .mode(0o700)
        .create(path.join("rootfs"))
        .map_err(cannot)
}

pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    fs::File::options()
        .write(true)
        .create_new(true)
        .mode(0o644)
        .open(path)
        // What the container's users read; the caller's umask is not theirs.
        .and_then(|mut file| {
            file.set_permissions(fs::Permissions::from_mode(0o644))?;
            file.write_all(bytes)
        })
        .map_err(|error| Error::file("writing", path, error))
}
