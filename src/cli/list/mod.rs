//! `ps`: containers in columns, by filters, in an order.

pub mod filter;
pub mod namespaces;
pub mod row;
#[cfg(test)]
pub mod sample;

use clap::Args;
use serde_json::Value;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::{self, template};
use crate::engine::{Container, Engine};
use crate::types::{Status, Timestamp};

/// List containers
#[derive(Debug, Clone, Args)]
pub struct PsArgs {
    /// List containers that do not run, too
    #[arg(long, short)]
    pub all: bool,
    /// List containers of other programs in the store, too (there are none)
    #[arg(long)]
    pub external: bool,
    /// List only containers that match (KEY=VALUE)
    #[arg(long, short, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Print json, a Go template, or a table of one ("table …")
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// List the last so many containers, running or not
    #[arg(long, short = 'n', value_name = "NUMBER")]
    pub last: Option<i64>,
    /// List the container that was created last
    #[arg(long, short)]
    pub latest: bool,
    /// Shorten nothing
    #[arg(long)]
    pub no_trunc: bool,
    /// Print no heading
    #[arg(long)]
    pub noheading: bool,
    /// Show namespaces
    #[arg(long, visible_alias = "namespace")]
    pub ns: bool,
    /// Show pods
    #[arg(long, short = 'p')]
    pub pod: bool,
    /// Print only ids
    #[arg(long, short)]
    pub quiet: bool,
    /// Accepted for scripts that ask Podman for true states; they are looked up every time
    #[arg(long)]
    pub sync: bool,
    /// Print the list again every so many seconds
    #[arg(long, short, value_name = "SECONDS")]
    pub watch: Option<u32>,
    /// Show how much each takes on the disk
    #[arg(long, short)]
    pub size: bool,
    /// Sort by command, created, id, image, names, runningfor, size or status
    #[arg(
        long,
        value_name = "KEY",
        default_value = "created",
        hide_default_value = true
    )]
    pub sort: String,
}

const HEADINGS: &[(&str, &str)] = &[
    ("AutoRemove", "AUTO REMOVE"),
    ("CIDFile", "CIDFILE"),
    ("Command", "COMMAND"),
    ("Created", "CREATED"),
    ("CreatedAt", "CREATED AT"),
    ("CreatedHuman", "CREATED"),
    ("ExitCode", "EXIT CODE"),
    ("Exited", "EXITED"),
    ("ExitedAt", "EXITED AT"),
    ("ExposedPorts", "EXPOSED PORTS"),
    ("ID", "CONTAINER ID"),
    ("Image", "IMAGE"),
    ("ImageID", "IMAGE ID"),
    ("IsInfra", "IS INFRA"),
    ("Labels", "LABELS"),
    ("Mounts", "MOUNTS"),
    ("Names", "NAMES"),
    ("Networks", "NETWORKS"),
    ("Pid", "PID"),
    ("Pod", "POD ID"),
    ("PodName", "PODNAME"),
    ("Ports", "PORTS"),
    ("Restarts", "RESTARTS"),
    ("RunningFor", "RUNNING FOR"),
    ("StartedAt", "STARTED AT"),
    ("Size", "SIZE"),
    ("State", "STATE"),
    ("Status", "STATUS"),
];

const NAMESPACE_HEADINGS: &[(&str, &str)] = &[
    ("Cgroup", "CGROUPNS"),
    ("IPC", "IPC"),
    ("MNT", "MNT"),
    ("NET", "NET"),
    ("PIDNS", "PIDNS"),
    ("User", "USERNS"),
    ("UTS", "UTS"),
];

const NAMESPACES: &str = "table {{.ID}}\\t{{.Names}}\\t{{.Pid}}\\t{{.Cgroup}}\\t{{.IPC}}\\t\
                          {{.MNT}}\\t{{.NET}}\\t{{.PIDNS}}\\t{{.User}}\\t{{.UTS}}";

const DEFAULT: &str = "table {{.ID}}\\t{{.Image}}\\t{{.Command}}\\t{{.CreatedHuman}}\\t\
                       {{.Status}}\\t{{.Ports}}\\t{{.Names}}";

/// `ps`
pub fn ps(engine: &Engine, args: &PsArgs) -> Result<u8, Error> {
    check(args)?;
    let Some(seconds) = args.watch else {
        return print(engine, args);
    };
    // Until an interrupt, or until nobody reads any more.
    loop {
        output::clear_screen()?;
        print(engine, args)?;
        std::thread::sleep(std::time::Duration::from_secs(seconds.max(1).into()));
    }
}

fn print(engine: &Engine, args: &PsArgs) -> Result<u8, Error> {
    let containers = chosen(engine, args)?;
    let now = Timestamp::now();
    let named = args.format.as_deref().is_some_and(|f| f.contains(".Size"));
    let sizes = match args.size || named {
        true => engine.sizes(&containers)?,
        false => Vec::new(),
    };
    if args.format.as_deref().is_some_and(template::is_json) {
        let mut rows: Vec<Value> = containers.iter().map(|c| row::json(c, now)).collect();
        for (row, size) in rows.iter_mut().zip(&sizes) {
            row["Size"] = row::size_json(*size);
        }
        let rows = Value::Array(rows);
        output::text(&template::pretty_json(&rows, 2))?;
        return Ok(exit::SUCCESS);
    }
    // A template has the last word.
    if args.quiet && args.format.is_none() {
        for container in &containers {
            let id = &container.record.id;
            output::line(if args.no_trunc {
                id.as_str()
            } else {
                id.short()
            })?;
        }
        return Ok(exit::SUCCESS);
    }
    let shorten = !args.no_trunc;
    let format = match args.format.as_deref() {
        Some("table") | None => usual_format(args),
        Some(format) => format.to_owned(),
    };
    // The namespaces' parent may be left out: podman-ps(1).
    let format = format.replace(".Namespaces.", ".");
    let fields = |(field, _): &(&str, &str)| format.contains(&format!(".{field}"));
    let namespaces = NAMESPACE_HEADINGS.iter().any(fields);
    let mut rows = Vec::new();
    for (at, container) in containers.iter().enumerate() {
        let mut row = row::template(container, now, shorten);
        if let Some(size) = sizes.get(at) {
            row["Size"] = row::size(*size).into();
        }
        if let (true, Some(row)) = (namespaces, row.as_object_mut()) {
            row.extend(namespaces::of(container));
        }
        rows.push(row);
    }
    let headings = [HEADINGS, NAMESPACE_HEADINGS].concat();
    output::text(&template::rows(&format, &headings, !args.noheading, &rows)?)?;
    Ok(exit::SUCCESS)
}

/// The columns without `--format`.
fn usual_format(args: &PsArgs) -> String {
    let mut format = if args.ns { NAMESPACES } else { DEFAULT }.to_owned();
    if args.pod {
        format.push_str("\\t{{.Pod}}\\t{{.PodName}}");
    }
    if args.size {
        format.push_str("\\t{{.Size}}");
    }
    format
}

fn check(args: &PsArgs) -> Result<(), Error> {
    let refused = [
        (
            args.latest && args.last.is_some(),
            "last and latest are mutually exclusive",
        ),
        (
            args.quiet && (args.size || args.ns),
            "quiet conflicts with size and namespace",
        ),
        (args.size && args.ns, "size and namespace options conflict"),
        (
            args.watch.is_some() && args.latest,
            "the watch and latest flags cannot be used together",
        ),
    ];
    match refused.iter().find(|(both, _)| *both) {
        Some((_, why)) => Err(Error::usage("", *why)),
        None => Ok(()),
    }
}

/// Returns the containers to list, in their order.
fn chosen(engine: &Engine, args: &PsArgs) -> Result<Vec<Container>, Error> {
    let order = order(&args.sort)?;
    let mut found = engine.containers()?;
    let filter = filter::Filter::parse(&args.filter, engine)?;
    found.retain(|container| filter.passes(container));
    let last = match args.last {
        Some(count) if count >= 0 => usize::try_from(count).ok(),
        _ if args.latest => Some(1),
        _ => None,
    };
    if let Some(count) = last {
        found.sort_by_key(|container| std::cmp::Reverse(container.record.created));
        found.truncate(count);
    } else if !args.all && args.last.is_none() && !filter.names_status() {
        found.retain(|c| {
            matches!(
                c.status,
                Status::Running | Status::Paused | Status::Stopping
            )
        });
    }
    found.sort_by(order);
    Ok(found)
}

type Order = fn(&Container, &Container) -> std::cmp::Ordering;

fn order(key: &str) -> Result<Order, Error> {
    Ok(match key.to_ascii_lowercase().as_str() {
        "created" => |a, b| a.record.created.cmp(&b.record.created),
        "command" => |a, b| a.record.argv.cmp(&b.record.argv),
        "id" => |a, b| a.record.id.cmp(&b.record.id),
        "image" => |a, b| a.record.image_name.cmp(&b.record.image_name),
        "names" => |a, b| a.record.name.cmp(&b.record.name),
        "runningfor" => |a, b| started(a).cmp(&started(b)),
        "status" => |a, b| a.status.as_str().cmp(b.status.as_str()),
        "size" => return Err(Error::unsupported("--sort size")),
        _ => return Err(Error::usage(format!("--sort \"{key}\""), "is no key")),
    })
}

fn started(container: &Container) -> Option<Timestamp> {
    container.run.as_ref().map(|run| run.started)
}
