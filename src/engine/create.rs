//! Makes a container's record from a request: image, merged configuration, volumes, ports.
//!
//! Nothing runs afterwards and nothing is mounted; `start` finds all it needs in the record.

use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;

use crate::config::Environment;
use crate::config::mounts as mounts_conf;
use crate::engine::bundle::image_scratch;
use crate::engine::devices;
use crate::engine::kernel;
use crate::engine::names;
use crate::engine::pull::platform_of;
use crate::engine::root_directory;
use crate::engine::secret::Granted;
use crate::engine::time_zone;
use crate::engine::views::{Access, Image, PullRequest};
use crate::engine::volume::name_volumes;
use crate::engine::{Engine, Error, Kind};
use crate::spec;
use crate::store::{self, Lease, NewContainer};
use crate::sys::fs::Lock;
use crate::types::ImageConfig;
use crate::types::digest::ChainId;
use crate::types::health::OnFailure;
use crate::types::request::{
    ImageTree, ImageVolumes, Log, Mount, MountSource, OverlayVolume, PortMapping, PullPolicy,
    SdNotify, Seccomp, Tmpfs,
};
use crate::types::secret::FOLDER;
use crate::types::{
    ContainerId, ContainerName, ContainerRecord, Event, Platform, Progress, RunRequest, Timestamp,
};

/// How often an image may be removed between finding it and keeping it.
const LOST_IMAGES: u32 = 8;

impl Engine {
    /// Makes a container; pulls its image first when the request says so.
    pub fn create(
        &self,
        request: &RunRequest,
        progress: &dyn Progress,
    ) -> Result<ContainerId, Error> {
        self.create_upon(request, None, progress)
    }

    /// The same; upon an image of the caller's where one is given, which keeps it itself.
    pub(crate) fn create_upon(
        &self,
        request: &RunRequest,
        given: Option<&Image>,
        progress: &dyn Progress,
    ) -> Result<ContainerId, Error> {
        spec::check(request)?;
        spec::check_labels(request, kernel::has_selinux())?;
        if let Some(zone) = &request.time_zone {
            time_zone::read(zone)?;
        }
        let request = &mut self.with_possible_oom_score(request);
        self.settle_dependencies(request)?;
        sources_are_there(&request.mounts)?;
        devices::expand(request)?;
        for one in request.network.attachments() {
            self.network(&one.network)?;
        }
        for name in &request.requires {
            self.container(name)?;
        }
        // Until the record names them an `rmi` elsewhere might collect its layers.
        let leased = match (&request.rootfs, given) {
            (Some(root), _) => {
                root_directory::check(root, request)?;
                None
            }
            (None, Some(_)) => None,
            (None, None) => Some(self.leased_image(request, progress)?),
        };
        let image = given.or_else(|| leased.as_ref().map(|(image, _)| image));
        if request.security.seccomp == Seccomp::Image {
            request.security.seccomp = image.map_or(Seccomp::Default, profile_of);
        }
        let request = &*request;
        let bare = ImageConfig::default();
        let config = image.map_or(&bare, |image| &image.config);
        let merged = spec::merge(request, config).map_err(|error| match error {
            // Nobody else could bring one: what is missing is the command.
            spec::Error::NoCommand if image.is_none() => Error::of(
                Kind::NotFound,
                "no command is named, and --rootfs brings none",
            ),
            error => error.into(),
        })?;
        let chains = ChainId::chain(&config.rootfs.diff_ids);
        let chosen = self.choose_ids(request, &chains)?;
        let granted = self.grant(request)?;
        let runtime = self.foreign_runtime()?;
        let id = ContainerId::from_random(random_bytes()?);
        let mut mounts = self.mounts_of(request, &merged)?;
        self.add_default_mounts(&mut mounts, !granted.secrets.is_empty())?;
        let mut images = Vec::new();
        for mount in &mut mounts {
            if let MountSource::Image(tree) = &mut mount.source
                && (!request.of_build || tree.layers.is_empty())
            {
                images.push(self.find_layers(tree)?);
            }
        }
        let _leases = self.with_space(|| {
            images
                .iter()
                .map(|image| self.lease_layers(image))
                .collect::<Result<Vec<_>, Error>>()
        })?;
        let anonymous_volumes = name_volumes(&mut mounts)?;
        let hostname = match &request.hostname {
            Some(name) => name.clone(),
            None => id.short().to_owned(),
        };
        let mut record = ContainerRecord {
            id: id.clone(),
            name: ContainerName::parse("unnamed").map_err(|e| Error::new(e.to_string()))?,
            created: Timestamp::now(),
            // What a build stands on is no image yet.
            image_id: image.map(|image| image.id).filter(|_| !request.of_build),
            image_name: image.map_or_else(String::new, |i| printed_name(i, &request.image)),
            image_digest: image.map_or_else(String::new, |i| i.manifest_digest.to_string()),
            platform: image.and_then(foreign_platform),
            machine_id: crate::userns::machine::machine_id(),
            request: request.clone(),
            argv: merged.argv.clone(),
            env: merged.env.clone(),
            workdir: merged.workdir.clone(),
            user: self.user_word(request, &merged.user),
            hostname,
            labels: merged.labels.clone(),
            stop_signal: merged.stop_signal,
            layers: chains.iter().map(ChainId::hex).collect(),
            mounts,
            anonymous_volumes,
            ports: ports(request, &merged),
            ids: chosen.maps.clone(),
            health: spec::health::check(&request.health, &config.config),
            runtime_word: self
                .settings
                .runtime
                .clone()
                .filter(|word| !word.is_empty()),
            runtime,
            secrets: granted.secrets.clone(),
        };
        let _artifacts = self.place_artifacts(&mut record)?;
        if let (Some(is), None, false) = (&record.platform, &request.platform, request.of_build) {
            let is = crate::types::escape::visible(&is.to_string());
            self.warn(&format!(
                "image platform ({is}) does not match the expected platform ({})",
                Platform::host()
            ));
        }
        check_health_options(&record)?;
        self.with_space(|| self.keep(&mut record, &granted))?;
        self.record_created(&record);
        drop(chosen);
        self.tidy();
        Ok(id)
    }

    /// The user's mounts, then those of other containers, then what the image calls a volume.
    fn mounts_of(&self, request: &RunRequest, merged: &spec::Merged) -> Result<Vec<Mount>, Error> {
        let mut mounts = request.mounts.clone();
        let is_free = |mounts: &[Mount], path: &str| {
            !mounts.iter().any(|mount| same_target(&mount.target, path))
        };
        let mut shared: Vec<Mount> = Vec::new();
        for from in &request.volumes_from {
            let other = self.container(&from.container)?;
            for mut mount in other.record.mounts {
                if !matches!(mount.source, MountSource::Bind(_) | MountSource::Volume(_)) {
                    continue;
                }
                mount.read_only = from.read_only.unwrap_or(mount.read_only);
                // The last one named wins.
                shared.retain(|earlier| !same_target(&earlier.target, &mount.target));
                shared.push(mount);
            }
        }
        shared.retain(|mount| is_free(&mounts, &mount.target));
        mounts.extend(shared);
        for path in &merged.volumes {
            if !is_free(&mounts, path) {
                continue;
            }
            match request.image_volumes {
                ImageVolumes::Anonymous => mounts.push(anonymous(path)),
                ImageVolumes::Tmpfs => mounts.push(Mount {
                    source: MountSource::Tmpfs(Tmpfs::default()),
                    ..anonymous(path)
                }),
                ImageVolumes::Ignore => {}
            }
        }
        Ok(mounts)
    }

    /// What mounts.conf gives every container, where the user has nothing else. Secrets come into
    /// a directory of it, which the host's must not have them in.
    fn add_default_mounts(&self, mounts: &mut Vec<Mount>, secrets: bool) -> Result<(), Error> {
        let file = self.settings.default_mounts_file.as_deref();
        for default in mounts_conf::load(&Environment::current(), file)? {
            let taken = mounts
                .iter()
                .any(|m| same_target(&m.target, &default.target));
            let plain = !default.target.split('/').any(|part| part == "..");
            if default.source.exists() && !taken && plain {
                let shared = secrets && same_target(&default.target, FOLDER);
                mounts.push(Mount {
                    source: MountSource::Bind(default.source),
                    read_only: !shared,
                    overlay: shared.then(OverlayVolume::default),
                    ..anonymous(&default.target)
                });
            }
        }
        Ok(())
    }

    /// Finds the layers of an image that is to be mounted; it must be here.
    fn find_layers(&self, tree: &mut ImageTree) -> Result<Image, Error> {
        let image = self.image(&tree.image)?;
        tree.layers = ChainId::chain(&image.config.rootfs.diff_ids)
            .iter()
            .map(ChainId::hex)
            .collect();
        if self.image_view(&image)?.server.is_some() {
            return Err(Error::new(format!(
                "cannot mount {}: an image of a store for several users can be run and not mounted \
                 into another container",
                tree.image
            )));
        }
        Ok(image)
    }

    /// Raises `--oom-score-adj` to this process's own: lowering it takes CAP_SYS_RESOURCE on the
    /// host, proc_pid_oom_score_adj(5).
    fn with_possible_oom_score(&self, request: &RunRequest) -> RunRequest {
        let mut request = request.clone();
        let own = std::fs::read_to_string("/proc/self/oom_score_adj").ok();
        let own = own.and_then(|text| text.trim().parse::<i32>().ok());
        if let (Some(wanted), Some(own)) = (request.oom_score_adj, own)
            && wanted < own
        {
            self.warn(&format!(
                "Requested oom_score_adj={wanted} is lower than the current one, changing to {own}"
            ));
            request.oom_score_adj = Some(own);
        }
        request
    }

    /// Replaces how a container's output is kept, before its first start.
    pub fn set_log(&self, id: &ContainerId, log: Log) -> Result<(), Error> {
        let store = self.store()?;
        let lock = store.lock_container(id)?;
        let mut record = store.container(id)?;
        record.request.log = log;
        self.with_space(|| Ok(store.change_container(&lock, &record)?))
    }

    /// The request's image, kept from being collected; brought once more when somebody else
    /// removes it between the two.
    pub(crate) fn leased_image(
        &self,
        request: &RunRequest,
        progress: &dyn Progress,
    ) -> Result<(Image, Lease), Error> {
        for _ in 0..LOST_IMAGES {
            let Some(image) = self.image_for(request, progress)? else {
                continue;
            };
            match self.with_space(|| self.lease_layers(&image)) {
                Err(error) if error.kind == Kind::NoSuchObject => {}
                leased => return Ok((image, leased?)),
            }
        }
        let shown = crate::types::escape::visible(&request.image);
        Err(Error::new(format!(
            "{shown}: other commands remove the image again and again"
        )))
    }

    /// Names an image and its layers in a lease, and sees that they are still here.
    fn lease_layers(&self, image: &Image) -> Result<Lease, Error> {
        let store = self.store()?;
        let mut lease = store.lease()?;
        lease.blob(&image.id.0)?;
        if image.read_only.is_none() && !store.has_image(&image.manifest_digest)? {
            let message = format!("{}: image not known", image.id);
            return Err(Error::of(Kind::NoSuchObject, message));
        }
        for layer in ChainId::chain(&image.config.rootfs.diff_ids) {
            lease.layer(&layer)?;
            store.needed_layer(&layer)?;
        }
        Ok(lease)
    }

    /// Puts a container into the store, whole or not at all.
    fn keep(&self, record: &mut ContainerRecord, granted: &Granted) -> Result<(), Error> {
        let has_volumes = record
            .mounts
            .iter()
            .any(|mount| matches!(mount.source, MountSource::Volume(_)));
        // Between the record and its volumes nobody may take them for unused.
        let lock = match has_volumes {
            true => Some(self.store()?.lock_volumes(Lock::Shared)?),
            false => None,
        };
        let made = match record.request.name.clone() {
            Some(name) => {
                record.name = name;
                self.create_with_its_name(record, granted)?
            }
            None => self.create_with_random_name(record, granted)?,
        };
        let completed = self
            .match_root_mode(record)
            .and_then(|()| self.make_volumes(record))
            .and_then(|()| self.make_room_in_images(record))
            .and_then(|()| Ok(crate::sys::failpoint::hit("engine.container.created")?))
            .and_then(|()| self.still_there(record));
        drop(lock);
        if completed.is_err() {
            let store = self.store()?;
            let _ = self.remove_anonymous_volumes(record);
            let _ = store.remove_container(&record.id, &record.name);
            self.tidy();
        } else if record.request.runs_at_once {
            *self.begun.borrow_mut() = Some(made);
        }
        completed
    }

    /// Refuses a container that another command has removed since it was put into the store: its
    /// volumes were made after that, and nobody else would remove them.
    fn still_there(&self, record: &ContainerRecord) -> Result<(), Error> {
        match self.store()?.container_dir(&record.id).exists() {
            true => Ok(()),
            false => Err(Error::of(
                Kind::NoSuchObject,
                format!(
                    "container {} was removed while it was being made",
                    record.name
                ),
            )),
        }
    }

    /// Makes the directories for what is written into mounted images.
    fn make_room_in_images(&self, record: &ContainerRecord) -> Result<(), Error> {
        let container = self.store()?.container_dir(&record.id);
        for mount in &record.mounts {
            let MountSource::Image(tree) = &mount.source else {
                continue;
            };
            if !tree.writable {
                continue;
            }
            let scratch = image_scratch(&container, &mount.target);
            for part in ["upper", "work"] {
                let path = scratch.join(part);
                std::fs::DirBuilder::new()
                    .recursive(true)
                    .mode(0o755)
                    .create(&path)
                    .map_err(|error| Error::file("making", &path, error))?;
            }
        }
        Ok(())
    }

    /// A name that a dead `run --rm` left in use is free once that was looked at.
    fn create_with_its_name(
        &self,
        record: &ContainerRecord,
        granted: &Granted,
    ) -> Result<NewContainer, Error> {
        let store = self.store()?;
        match store.create_container(record, &granted.values) {
            Err(store::Error::NameTaken { by, .. }) if self.container(by.as_str()).is_err() => {
                Ok(store.create_container(record, &granted.values)?)
            }
            other => Ok(other?),
        }
    }

    fn create_with_random_name(
        &self,
        record: &mut ContainerRecord,
        granted: &Granted,
    ) -> Result<NewContainer, Error> {
        let store = self.store()?;
        for attempt in 0.. {
            record.name = names::random(attempt)?;
            match store.create_container(record, &granted.values) {
                Err(store::Error::NameTaken { .. }) if attempt < 100 => {}
                other => return other.map_err(Error::from),
            }
        }
        unreachable!("the loop returns")
    }

    /// Finds the request's image, bringing it as its pull policy says; `None` when another
    /// command has removed what was brought.
    fn image_for(
        &self,
        request: &RunRequest,
        progress: &dyn Progress,
    ) -> Result<Option<Image>, Error> {
        let wanted = request.platform.clone().unwrap_or_else(Platform::host);
        let here = self.image_on(&request.image, &wanted);
        let found = matches!(&here, Ok(image) if fits(image, request));
        if found && matches!(request.pull, PullPolicy::Missing | PullPolicy::Never) {
            if let Ok(image) = &here {
                let name = request.image.as_str();
                self.record(Event::image("pull", image.id.hex(), name));
            }
            return here.map(Some);
        }
        match &here {
            Err(error) if error.kind != Kind::NoSuchObject => return here.map(Some),
            _ => {}
        }
        if request.pull != PullPolicy::Always && self.add_embedded(&request.image)? {
            return still_here(self.image(&request.image));
        }
        if request.pull == PullPolicy::Never {
            return Err(Error::of(
                Kind::NoSuchObject,
                format!(
                    "{}: image not known",
                    crate::types::escape::visible(&request.image)
                ),
            ));
        }
        let pulled = self.pull(
            &request.image,
            &PullRequest {
                policy: request.pull,
                platform: request.platform.clone(),
                all_tags: false,
                access: Access {
                    tls_verify: request.tls_verify,
                    authfile: request.authfile.clone(),
                    credentials: request.credentials.clone(),
                    cert_dir: request.cert_dir.clone(),
                    retries: request.retries,
                    retry_delay: request.retry_delay,
                },
            },
            progress,
        )?;
        still_here(self.image(&pulled.id.to_string()))
    }
}

/// What was brought just now, unless another command has removed it.
fn still_here(found: Result<Image, Error>) -> Result<Option<Image>, Error> {
    match found {
        Err(error) if error.kind == Kind::NoSuchObject => Ok(None),
        other => other.map(Some),
    }
}

/// Some options make no sense without a health check, the image's included.
fn check_health_options(record: &ContainerRecord) -> Result<(), Error> {
    let action = record.request.health.on_failure;
    if record.health.is_none() && record.request.sd_notify == SdNotify::Healthy {
        return Err(Error::new(
            "invalid argument: sdnotify policy \"healthy\" requires a healthcheck to be set",
        ));
    }
    if record.health.is_none() && action != OnFailure::None {
        return Err(Error::new(format!(
            "cannot set on-failure action to {} without a health check",
            action.as_str()
        )));
    }
    if record.health.is_none() && record.request.health.startup.is_some() {
        return Err(Error::new(
            "a healthcheck must be defined to use a startup healthcheck",
        ));
    }
    Ok(())
}

/// What an image runs on, where it says so and this machine is not it.
fn foreign_platform(image: &Image) -> Option<Platform> {
    let is = platform_of(&image.config);
    (!is.architecture.is_empty() && Platform::host().rank(&is).is_none()).then_some(is)
}

/// Whether an image here is of the platform that was asked for.
fn fits(image: &Image, request: &RunRequest) -> bool {
    let wanted = request.platform.as_ref();
    wanted.is_none_or(|wanted| wanted.rank(&platform_of(&image.config)).is_some())
}

/// The profile in the image's label, as `--seccomp-policy image` wants it.
fn profile_of(image: &Image) -> Seccomp {
    const LABEL: &str = "io.containers.seccomp.profile";
    let labels = image.config.config.labels.as_ref();
    match labels.and_then(|labels| labels.get(LABEL)) {
        Some(text) => Seccomp::Text(text.clone()),
        None => Seccomp::Default,
    }
}

/// The name `ps` shows: the one the user's word found, else the id.
fn printed_name(image: &Image, word: &str) -> String {
    let reference = crate::types::Reference::parse(word).ok();
    let wanted = reference.map(|r| r.with_default_tag().to_string());
    let short = |name: &&String| {
        name.ends_with(&format!("/{word}")) || name.ends_with(&format!("/{word}:latest"))
    };
    image
        .names
        .iter()
        .find(|name| Some(*name) == wanted.as_ref())
        .or_else(|| image.names.iter().find(short))
        .or_else(|| image.names.first())
        .cloned()
        .unwrap_or_else(|| image.id.hex())
}

fn same_target(a: &str, b: &str) -> bool {
    a.trim_end_matches('/') == b.trim_end_matches('/')
}

/// What cannot be read from here may still be ours to mount; what is not there is a slip.
fn sources_are_there(mounts: &[Mount]) -> Result<(), Error> {
    for mount in mounts {
        let MountSource::Bind(path) = &mount.source else {
            continue;
        };
        let facts = match mount.no_dereference {
            true => std::fs::symlink_metadata(path),
            false => std::fs::metadata(path),
        };
        let missing = [ErrorKind::NotFound, ErrorKind::NotADirectory];
        if let Some(error) = facts.err().filter(|e| missing.contains(&e.kind())) {
            return Err(Error::file("statfs", path, error));
        }
    }
    Ok(())
}

fn anonymous(path: &str) -> Mount {
    Mount {
        target: path.to_owned(),
        no_suid: true,
        no_dev: true,
        ..Mount::default()
    }
}

/// What was published, and with `-P` what is exposed and was not.
fn ports(request: &RunRequest, merged: &spec::Merged) -> Vec<PortMapping> {
    let mut ports = request.ports.clone();
    if !request.publish_all {
        return ports;
    }
    for exposed in &merged.exposed {
        for offset in 0..exposed.count {
            let port = exposed.first.saturating_add(offset);
            let published = ports.iter().any(|mapping| {
                mapping.protocol == exposed.protocol
                    && port >= mapping.container_port
                    && u32::from(port)
                        < u32::from(mapping.container_port) + u32::from(mapping.range)
            });
            if !published {
                ports.push(PortMapping {
                    host_ip: None,
                    host_port: 0,
                    container_port: port,
                    range: 1,
                    protocol: exposed.protocol,
                });
            }
        }
    }
    ports
}

fn random_bytes() -> Result<[u8; 32], Error> {
    let mut bytes = [0; 32];
    crate::sys::fs::random(&mut bytes)?;
    Ok(bytes)
}
