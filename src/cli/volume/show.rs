//! `volume ls` and `volume inspect`.

use clap::Args;
use serde_json::{Map, Value, json};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::inspect::{self, Inspected, kinds};
use crate::cli::output::{self, template};
use crate::cli::volume::filter::Filter;
use crate::engine::{Engine, Volume};

/// Podman's indentation of inspected documents.
const INDENT: usize = 5;

/// List volumes
#[derive(Debug, Clone, Args)]
pub struct LsArgs {
    /// List only volumes that match: dangling, driver, label, name, opt, since, until, … =VALUE
    #[arg(long, short, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Print json, a Go template, or a table of one ("table …")
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Print no heading
    #[arg(long, short)]
    pub noheading: bool,
    /// Print only names
    #[arg(long, short)]
    pub quiet: bool,
}

const HEADINGS: &[(&str, &str)] = &[
    ("Anonymous", "ANONYMOUS"),
    ("CreatedAt", "CREATED AT"),
    ("Driver", "DRIVER"),
    ("GID", "GID"),
    ("Labels", "LABELS"),
    ("LockNumber", "LOCK NUMBER"),
    ("MountCount", "MOUNT COUNT"),
    ("Mountpoint", "MOUNTPOINT"),
    ("Name", "VOLUME NAME"),
    ("NeedsChown", "NEEDS CHOWN"),
    ("NeedsCopyUp", "NEEDS COPY UP"),
    ("Options", "OPTIONS"),
    ("Scope", "SCOPE"),
    ("Status", "STATUS"),
    ("StorageID", "STORAGE ID"),
    ("Timeout", "TIMEOUT"),
    ("UID", "UID"),
];

/// `volume ls`
pub fn ls(engine: &Engine, args: &LsArgs) -> Result<u8, Error> {
    if args.quiet && args.format.is_some() {
        return Err(Error::usage("", "--quiet and --format exclude each other"));
    }
    let filter = Filter::parse(&args.filter, engine)?;
    let mut volumes = engine.volumes()?;
    volumes.retain(|volume| filter.passes(volume));
    if args.format.as_deref().is_some_and(template::is_json) {
        let all: Value = volumes.iter().map(document).collect();
        output::text(&template::pretty_json(&all, INDENT))?;
        return Ok(exit::SUCCESS);
    }
    if args.quiet {
        for volume in &volumes {
            output::line(volume.record.name.as_str())?;
        }
        return Ok(exit::SUCCESS);
    }
    let fields: Vec<Value> = volumes.iter().map(fields).collect();
    let default = "table {{.Driver}}\\t{{.Name}}";
    let format = args.format.as_deref();
    template::print_rows(format, default, HEADINGS, !args.noheading, &fields)?;
    Ok(exit::SUCCESS)
}

/// Show everything known about volumes
#[derive(Debug, Clone, Args)]
pub struct InspectArgs {
    /// Show all volumes
    #[arg(long, short)]
    pub all: bool,
    /// Print json or a Go template
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Names of volumes, or beginnings of them
    #[arg(value_name = "VOLUME", add = crate::cli::complete::volumes())]
    pub names: Vec<String>,
}

/// `volume inspect`
pub fn inspect(engine: &Engine, args: &InspectArgs) -> Result<u8, Error> {
    if args.all == args.names.is_empty() {
        show(engine, args)
    } else {
        let why = if args.all {
            "--all and names exclude each other"
        } else {
            "no volume is named"
        };
        Err(Error::usage("", why))
    }
}

fn show(engine: &Engine, args: &InspectArgs) -> Result<u8, Error> {
    let all = match args.all {
        true => engine.volumes()?,
        false => Vec::new(),
    };
    let named = args.names.iter().map(|name| Ok(engine.volume(name)?));
    let found = all.into_iter().map(Ok).chain(named);
    let found = found.map(|volume: Result<Volume, Error>| Ok(inspected(&volume?)));
    inspect::print(found, args.format.as_deref(), INDENT)
}

/// Returns what `inspect` shows of a volume.
pub fn inspected(volume: &Volume) -> Inspected {
    Inspected {
        document: document(volume),
        in_go: None,
        kinds: kinds::VOLUME,
    }
}

/// Returns the object of `inspect`, in Podman's order of keys.
pub fn document(volume: &Volume) -> Value {
    let record = &volume.record;
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    put("Name", json!(record.name.as_str()));
    put("Driver", json!("local"));
    put("Mountpoint", json!(volume.mountpoint.to_string_lossy()));
    put("CreatedAt", json!(record.created.local()));
    put("Labels", json!(record.labels));
    put("Scope", json!("local"));
    put("Options", json!(record.options));
    if let Some(uid) = record.uid {
        put("UID", json!(uid));
    }
    if let Some(gid) = record.gid {
        put("GID", json!(gid));
    }
    if record.anonymous {
        put("Anonymous", json!(true));
    }
    put("MountCount", json!(volume.running));
    if record.needs_copy_up {
        put("NeedsCopyUp", json!(true));
    }
    if record.needs_chown {
        put("NeedsChown", json!(true));
    }
    put("LockNumber", json!(0));
    Value::Object(map)
}

/// Returns the fields a template of `ls` may name.
fn fields(volume: &Volume) -> Value {
    let record = &volume.record;
    let words = |map: &std::collections::BTreeMap<String, String>| {
        let words: Vec<String> = map.iter().map(|(k, v)| format!("{k}={v}")).collect();
        words.join(",")
    };
    json!({
        "Anonymous": record.anonymous,
        "CreatedAt": record.created.go_local(),
        "Driver": "local",
        "GID": record.gid.unwrap_or(0),
        "Labels": words(&record.labels),
        "LockNumber": 0,
        "MountCount": volume.running,
        "Mountpoint": volume.mountpoint.to_string_lossy(),
        "Name": record.name.as_str(),
        "NeedsChown": record.needs_chown,
        "NeedsCopyUp": record.needs_copy_up,
        "Options": record.options,
        "Scope": "local",
        "Status": {},
        "StorageID": "",
        "Timeout": 0,
        "UID": record.uid.unwrap_or(0),
    })
}
