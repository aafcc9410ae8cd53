//! What was typed after `build` becomes a request.
//!
//! What RUN steps are told has the words of `run`, and is read by the same code.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args as _;

use crate::cli::build::args::BuildArgs;
use crate::cli::build::{LIKE_BUILDAH, file};
use crate::cli::error::Error;
use crate::cli::run::convert::{self as of_run, Host};
use crate::cli::run::env;
use crate::cli::run::flags::ContainerArgs;
use crate::engine::{
    Agent, BuildRequest, Cache, ContextWord, Histories, ImageFormat, NamedContext, Squash, Stamps,
};
use crate::types::escape;
use crate::types::request::PullPolicy;
use crate::types::{RunRequest, Settings};

/// Converts every option; the first wrong one is named.
pub fn request(args: &BuildArgs, settings: &Settings) -> Result<BuildRequest, Error> {
    if args.squash && args.squash_all {
        return Err(Error::usage(
            "",
            "cannot specify --squash-all with --squash",
        ));
    }
    if args.timestamp.is_some() && args.source_date_epoch.is_some() {
        return Err(Error::usage(
            "",
            "cannot specify --timestamp with --source-date-epoch",
        ));
    }
    isolation(args.isolation.as_deref())?;
    if args.rm == Some(false) {
        return Err(Error::unsupported("--rm=false"));
    }
    if args.force_rm == Some(false) {
        return Err(Error::unsupported("--force-rm=false"));
    }
    let host = Host::here(settings)?;
    let quiet = quiet(args)?;
    let run = run_request(args, &host)?;
    let (files, context) = file::words(&args.file, args.context.as_deref())?;
    Ok(BuildRequest {
        files,
        context,
        ignore_file: args.ignorefile.clone(),
        names: args.tag.clone(),
        target: args.target.clone(),
        args: build_args(args, &host)?,
        labels: pairs("--label", &args.label)?,
        unset_labels: args.unsetlabel.clone(),
        annotations: pairs("--annotation", &args.annotation)?
            .into_iter()
            .collect(),
        env: env::collect(&args.env, &[], &host.env)?,
        unset_env: args.unsetenv.clone(),
        format: format(args.format.as_deref())?,
        squash: match (args.squash, args.squash_all) {
            (_, true) => Squash::All,
            (true, false) => Squash::Own,
            (false, false) => Squash::No,
        },
        cache: cache(args, &host)?,
        times: stamps(args, &host)?,
        history: match args.omit_history {
            true => Histories::Omitted,
            false => Histories::Kept,
        },
        secrets: file::secrets(&args.secret, &host)?,
        agents: agents(&args.ssh, &host)?,
        contexts: contexts(&args.build_context)?,
        platform: run.platform.clone(),
        run,
        quiet,
        every_stage: !args.skip_unused_stages,
        version_label: args.identity_label.then(|| LIKE_BUILDAH.to_owned()),
    })
}

/// Reads the options that `run` has too, as `run` does.
fn run_request(args: &BuildArgs, host: &Host) -> Result<RunRequest, Error> {
    let mut words: Vec<String> = vec!["run".to_owned()];
    let lists: [(&str, &[String]); 10] = [
        ("--add-host", &args.add_host),
        ("--cap-add", &args.cap_add),
        ("--cap-drop", &args.cap_drop),
        ("--device", &args.device),
        ("--dns", &args.dns),
        ("--dns-option", &args.dns_option),
        ("--dns-search", &args.dns_search),
        ("--security-opt", &args.security_opt),
        ("--ulimit", &args.ulimit),
        ("--volume", &args.volume),
    ];
    for (option, values) in lists {
        words.extend(values.iter().map(|value| format!("{option}={value}")));
    }
    for (option, value) in [
        ("--cgroup-parent", &args.cgroup_parent),
        ("--cpu-period", &args.cpu_period),
        ("--cpu-quota", &args.cpu_quota),
        ("--cpu-shares", &args.cpu_shares),
        ("--cpuset-cpus", &args.cpuset_cpus),
        ("--cpuset-mems", &args.cpuset_mems),
        ("--memory", &args.memory),
        ("--memory-swap", &args.memory_swap),
        ("--network", &args.network),
        ("--shm-size", &args.shm_size),
    ] {
        words.extend(value.iter().map(|value| format!("{option}={value}")));
    }
    words.push(format!("--http-proxy={}", args.http_proxy));
    for (option, asked) in [
        ("--no-hosts", args.no_hosts),
        ("--no-hostname", args.no_hostname),
    ] {
        words.extend(asked.then(|| option.to_owned()));
    }
    words.push("build".to_owned());
    let command = ContainerArgs::augment_args(clap::Command::new("run").disable_help_flag(true));
    let matches = command
        .try_get_matches_from(words)
        .map_err(|error| Error::usage("", said(&error)))?;
    let mut parsed = <ContainerArgs as clap::FromArgMatches>::from_arg_matches(&matches)
        .map_err(|error| Error::usage("", said(&error)))?;
    parsed.platform = args.platform.clone();
    parsed.access = args.access.clone();
    parsed.retry = args.retry.clone();
    let mut request = of_run::request(&parsed, host)?;
    request.create_command = Vec::new();
    request.pull = pull(args)?;
    Ok(request)
}

/// The first line of what clap says, without its own prefix.
fn said(error: &clap::Error) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

fn pull(args: &BuildArgs) -> Result<PullPolicy, Error> {
    match (args.pull_always, args.pull_never) {
        (true, true) => Err(Error::usage(
            "",
            "cannot specify --pull-always with --pull-never",
        )),
        (true, false) => Ok(PullPolicy::Always),
        (false, true) => Ok(PullPolicy::Never),
        (false, false) => of_run::pull_policy(args.pull.as_deref()),
    }
}

fn quiet(args: &BuildArgs) -> Result<bool, Error> {
    match args.progress.as_deref() {
        None | Some("auto" | "plain") => Ok(args.quiet),
        Some("quiet") => Ok(true),
        Some(other @ ("tty" | "rawjson")) => Err(Error::unsupported(format!("--progress {other}"))),
        Some(other) => Err(Error::usage(
            format!("--progress {}", escape::quoted(other)),
            "is none of auto, plain and quiet",
        )),
    }
}

fn isolation(word: Option<&str>) -> Result<(), Error> {
    match word {
        None | Some("" | "default" | "oci" | "rootless") => Ok(()),
        Some("chroot") => Err(Error::unsupported("--isolation chroot")),
        Some(other) => Err(Error::usage(
            format!("--isolation {}", escape::quoted(other)),
            "is none of oci, rootless and default",
        )),
    }
}

fn format(word: Option<&str>) -> Result<ImageFormat, Error> {
    let variable = std::env::var("BUILDAH_FORMAT").ok();
    match word.or(variable.as_deref()) {
        None | Some("" | "oci" | "OCI") => Ok(ImageFormat::Oci),
        Some("docker") => Ok(ImageFormat::Docker),
        Some(other) => Err(Error::usage(
            format!("--format {}", escape::quoted(other)),
            "is neither oci nor docker",
        )),
    }
}

/// `--build-arg` and the files of it; a name alone takes the caller's variable.
fn build_args(args: &BuildArgs, host: &Host) -> Result<BTreeMap<String, String>, Error> {
    let mut all = BTreeMap::new();
    for path in &args.build_arg_file {
        let text = env::read("reading", path)?;
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        for line in lines {
            add_arg(line, host, &mut all);
        }
    }
    for word in &args.build_arg {
        add_arg(word, host, &mut all);
    }
    Ok(all)
}

fn add_arg(word: &str, host: &Host, all: &mut BTreeMap<String, String>) {
    match word.split_once('=') {
        Some((name, value)) => {
            all.insert(name.to_owned(), value.to_owned());
        }
        None => {
            let value = host.env.iter().find(|(name, _)| name == word);
            if let Some((name, value)) = value {
                all.insert(name.clone(), value.clone());
            }
        }
    }
}

fn pairs(option: &str, words: &[String]) -> Result<Vec<(String, String)>, Error> {
    let parsed = words.iter().map(|word| {
        env::label(word).map_err(|why| Error::usage(format!("{option} {word:?}"), why))
    });
    parsed.collect()
}

/// `--layers`, else $BUILDAH_LAYERS, else yes.
fn cache(args: &BuildArgs, host: &Host) -> Result<Cache, Error> {
    let variable = host.env.iter().find(|(name, _)| name == "BUILDAH_LAYERS");
    let said = variable.map(|(_, value)| matches!(&*value.to_lowercase(), "true" | "1"));
    let layers = args.layers.or(said).unwrap_or(true);
    Ok(match (layers && !args.squash, args.no_cache) {
        (false, _) => Cache::Off,
        (true, true) => Cache::Renewed,
        (true, false) => Cache::Used,
    })
}

fn stamps(args: &BuildArgs, host: &Host) -> Result<Stamps, Error> {
    if let Some(time) = args.timestamp {
        return Ok(Stamps::Exactly(time));
    }
    if let Some(time) = args.source_date_epoch {
        return Ok(Stamps::Epoch(time));
    }
    let variable = host
        .env
        .iter()
        .find(|(name, _)| name == "SOURCE_DATE_EPOCH");
    match variable
        .map(|(_, value)| value.as_str())
        .filter(|value| !value.is_empty())
    {
        None => Ok(Stamps::Now),
        Some(text) => text.parse().map(Stamps::Epoch).map_err(|_| {
            let shown = escape::quoted(text);
            Error::usage(
                format!("$SOURCE_DATE_EPOCH {shown}"),
                "is no number of seconds since 1970",
            )
        }),
    }
}

/// `--ssh default` or `--ssh NAME=SOCKET`.
fn agents(words: &[String], host: &Host) -> Result<Vec<Agent>, Error> {
    let own = || {
        let variable = host.env.iter().find(|(name, _)| name == "SSH_AUTH_SOCK");
        variable.map(|(_, path)| PathBuf::from(path))
    };
    let one = |word: &String| {
        let (id, socket) = match word.split_once('=') {
            Some((id, path)) => (id, Some(PathBuf::from(path))),
            None => (word.as_str(), own()),
        };
        let what = || format!("--ssh {}", escape::quoted(word));
        let socket = socket
            .ok_or_else(|| Error::usage(what(), "there is no agent: $SSH_AUTH_SOCK is not set"))?;
        let socket = std::path::absolute(&socket).unwrap_or(socket);
        use std::os::unix::fs::FileTypeExt;
        match std::fs::metadata(&socket) {
            Ok(facts) if facts.file_type().is_socket() => Ok(Agent {
                id: id.to_owned(),
                socket,
            }),
            Ok(_) => Err(Error::unsupported(
                "--ssh with keys instead of an agent's socket",
            )),
            Err(source) => Err(Error::File {
                doing: "looking for the agent",
                path: socket,
                source,
            }),
        }
    };
    words.iter().map(one).collect()
}

/// `--build-context NAME=…`
fn contexts(words: &[String]) -> Result<BTreeMap<String, NamedContext>, Error> {
    let mut all = BTreeMap::new();
    for word in words {
        let what = || format!("--build-context {}", escape::quoted(word));
        let Some((name, value)) = word.split_once('=').filter(|(name, _)| !name.is_empty()) else {
            return Err(Error::usage(what(), "is not of the form NAME=CONTEXT"));
        };
        let image = ["docker-image://", "container-image://", "docker://"]
            .iter()
            .find_map(|begin| value.strip_prefix(begin));
        let context = match image {
            Some(image) => NamedContext::Image(image.to_owned()),
            None if value.contains("://") || value.starts_with("git@") => {
                return Err(Error::unsupported("--build-context with a URL"));
            }
            None => NamedContext::Directory(PathBuf::from(value)),
        };
        all.insert(name.to_owned(), context);
    }
    Ok(all)
}

/// A context word that names what is not built yet.
pub fn context(word: &str) -> Result<ContextWord, Error> {
    let git = word.starts_with("git@")
        || word.starts_with("git://")
        || word.starts_with("ssh://")
        || word.starts_with("github.com/")
        || word.contains("://") && word.split('#').next().is_some_and(|w| w.ends_with(".git"));
    if git {
        return Err(Error::unsupported("a git repository as context"));
    }
    if word.starts_with("http://") || word.starts_with("https://") {
        return Ok(ContextWord::Address(word.to_owned()));
    }
    if word == "-" {
        return Ok(ContextWord::Stdin);
    }
    Ok(ContextWord::Directory(Path::new(word).to_owned()))
}
