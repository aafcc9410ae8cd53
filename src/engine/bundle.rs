//! The bundle of one start: the OCI spec and the files it names, on the runtime tmpfs.
//!
//! `<runtime dir>/<id>/`: rootfs/ (an empty mount point), resolv.conf, hosts, hostname, the
//! attach socket. All of it can be made again, none of it is state, and a logout may take it.
//! The spec itself lies with the container in the store, where `exec` still finds it then.

mod files;
mod layers;
mod machine;

use std::borrow::Cow;
use std::fs;
use std::os::fd::RawFd;
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
use crate::rootfs::Union;
use crate::runtime::launch::{self, Passed};
use crate::runtime::plan::Session;
use crate::runtime::step::Overlay;
use crate::spec;
use crate::spec::seccomp::{Arch, Profile};
use crate::types::ContainerRecord;
use crate::types::ids::IdExtent;
use crate::types::request::Seccomp;
use crate::userns;

pub(crate) use files::write_new;
use files::{fresh_directory, hosts_base};
pub(crate) use layers::image_scratch;
use layers::image_uppers;
pub(crate) use machine::last_capability;
use machine::{cgroup_view, kernel_version, read_profile, thermal_cpus};

/// The spec's name in the container's directory.
pub(crate) const SPEC: &str = "config.json";

pub struct Bundle {
    pub directory: PathBuf,
    pub spec: Spec,
    pub network: network::Prepared,
    /// What keeps the container to its list, until it has a monitor to stay with.
    pub egress: Option<network::egress::Guard>,
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
            defaults: &engine.settings.network,
            filtered: request.egress.is_some(),
            bridged: bridged.as_ref(),
        })?;
        if let network::Namespace::Container(name) = &network.namespace {
            let lender = engine.container(name)?.run.map(|run| run.network);
            let lender = lender.unwrap_or_default();
            network.state.addresses = lender.addresses;
            network.state.gateway = lender.gateway;
        }
        if bridged.is_some() {
            engine.order_ports(&network, &directory)?;
            network.helper = Some(engine.keeping(record, &directory)?);
        }
        let egress = engine.guard_egress(record, base, &mut network)?;
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
            egress,
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
        let blob = |hex: &str| engine.artifact_file(hex).ok();
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
            blob: &blob,
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
    pub fn whole_spec(&self) -> Cow<'_, Spec> {
        if self.variables.is_empty() {
            return Cow::Borrowed(&self.spec);
        }
        let mut spec = self.spec.clone();
        if let Some(process) = spec.process_mut() {
            add_variables(process, &self.variables);
        }
        Cow::Owned(spec)
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
