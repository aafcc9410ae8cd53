//! `inspect`: everything known about containers and images, as Podman's keys name it.

pub mod container;
pub mod health;
pub mod host;
pub mod image;
pub mod kinds;
pub mod resources;

use clap::Args;
use serde_json::Value;

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::names;
use crate::cli::output::template::Kinds;
use crate::cli::output::{self, template};
use crate::cli::volume;
use crate::engine::error::Kind;
use crate::engine::{self, Artifact, Container, Engine};

/// Podman's indentation of inspected documents.
const INDENT: usize = 5;

/// Show everything known about containers and images
#[derive(Debug, Clone, Args)]
pub struct InspectArgs {
    /// Print json or a Go template
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Inspect the container that was created last
    #[arg(long, short)]
    pub latest: bool,
    /// Show how much containers take on the disk
    #[arg(long, short)]
    pub size: bool,
    /// Look only for these: artifact, container, image, volume or all
    #[arg(
        long = "type",
        short = 't',
        value_name = "TYPE",
        default_value = "all",
        hide_default_value = true
    )]
    pub kind: String,
    /// Names or ids
    #[arg(value_name = "NAME", add = crate::cli::complete::objects())]
    pub names: Vec<String>,
}

/// Show everything known about containers
#[derive(Debug, Clone, Args)]
pub struct ContainerInspectArgs {
    /// Print json or a Go template
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Inspect the container that was created last
    #[arg(long, short)]
    pub latest: bool,
    /// Show how much containers take on the disk
    #[arg(long, short)]
    pub size: bool,
    /// Names or ids of containers
    #[arg(value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub names: Vec<String>,
}

/// Show everything known about images
#[derive(Debug, Clone, Args)]
pub struct ImageInspectArgs {
    /// Print json or a Go template
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Names or ids of images
    #[arg(required = true, value_name = "IMAGE", add = crate::cli::complete::images())]
    pub names: Vec<String>,
}

/// Which objects a name may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Among {
    All,
    Containers,
    Images,
    Volumes,
    Artifacts,
}

/// Whether containers are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measured {
    Yes,
    No,
}

impl Measured {
    fn of(asked: bool) -> Self {
        if asked { Self::Yes } else { Self::No }
    }
}

/// A document, and what it is in Go.
pub struct Inspected {
    pub document: Value,
    /// The same with Go's names of its fields, where JSON has others.
    pub in_go: Option<Value>,
    pub kinds: Kinds,
}

/// `inspect`
pub fn inspect(engine: &Engine, args: &InspectArgs) -> Result<u8, Error> {
    let among = match args.kind.as_str() {
        "all" | "" => Among::All,
        "container" => Among::Containers,
        "image" => Among::Images,
        "volume" => Among::Volumes,
        "artifact" => Among::Artifacts,
        "pod" | "network" => {
            return Err(Error::unsupported(format!("--type {}", args.kind)));
        }
        other => {
            return Err(Error::usage(
                format!("--type \"{other}\""),
                "is none of artifact, container, image, volume and all",
            ));
        }
    };
    let names = if args.latest {
        if among == Among::Images || !args.names.is_empty() {
            return Err(Error::usage(
                "",
                "--latest and arguments cannot be used together",
            ));
        }
        vec![names::latest(engine)?]
    } else {
        args.names.clone()
    };
    let sized = Measured::of(args.size);
    show(engine, &names, among, sized, args.format.as_deref())
}

/// `container inspect`
pub fn containers(engine: &Engine, args: &ContainerInspectArgs) -> Result<u8, Error> {
    let names = match (args.latest, args.names.is_empty()) {
        (true, true) => vec![names::latest(engine)?],
        (true, false) => {
            return Err(Error::usage(
                "",
                "--latest and arguments cannot be used together",
            ));
        }
        _ => args.names.clone(),
    };
    let (among, sized) = (Among::Containers, Measured::of(args.size));
    show(engine, &names, among, sized, args.format.as_deref())
}

/// `image inspect`
pub fn images(engine: &Engine, args: &ImageInspectArgs) -> Result<u8, Error> {
    let (among, sized) = (Among::Images, Measured::No);
    show(engine, &args.names, among, sized, args.format.as_deref())
}

fn show(
    engine: &Engine,
    names: &[String],
    among: Among,
    sized: Measured,
    format: Option<&str>,
) -> Result<u8, Error> {
    if names.is_empty() {
        return Err(Error::usage("", "no name or id is given"));
    }
    let found = names.iter().map(|name| find(engine, name, among, sized));
    print(found, format, INDENT)
}

/// Prints what was found as JSON indented by so many spaces, or each by a template; then reports
/// what was not.
pub fn print(
    all: impl IntoIterator<Item = Result<Inspected, Error>>,
    format: Option<&str>,
    indent: usize,
) -> Result<u8, Error> {
    let mut found = Vec::new();
    let mut missed = Vec::new();
    for one in all {
        match one {
            Ok(inspected) => found.push(inspected),
            Err(error) => missed.push(error),
        }
    }
    match format.filter(|text| !text.is_empty() && !template::is_json(text)) {
        None => {
            let documents: Value = found.into_iter().map(|f| f.document).collect();
            output::text(&template::pretty_json(&documents, indent))?;
        }
        Some(format) => {
            let mut text = String::new();
            for one in &found {
                let fields = one.in_go.as_ref().unwrap_or(&one.document);
                text.push_str(&template::one(format, fields, one.kinds)?);
            }
            output::text(&text)?;
        }
    }
    let mut code = exit::SUCCESS;
    for error in missed {
        output::failure(&error);
        code = exit::worse(code, exit::of_error(&error, Convention::Usual));
    }
    Ok(code)
}

/// Returns what `container inspect --size` shows, as one line.
pub fn described(engine: &Engine, container: &Container) -> Option<String> {
    let document = of_container(engine, container, Measured::Yes).ok()?;
    Some(document.to_string())
}

fn of_container(engine: &Engine, found: &Container, sized: Measured) -> Result<Value, Error> {
    let image = engine.image_of(found);
    let capabilities = engine.capabilities(found);
    let mut document = container::document(found, image.as_ref(), &capabilities);
    if let Some(limits) = engine.settled_limits(found) {
        document["HostConfig"]["Ulimits"] = limits.iter().map(host::ulimit).collect();
    }
    if let Some(egress) = &found.record.request.egress {
        document["NetworkSettings"]["Egress"] = serde_json::json!({
            "Rules": egress.words(),
            "Log": engine.egress_log(&found.record.id)?,
        });
    }
    if sized == Measured::Yes {
        let sizes = engine.sizes(std::slice::from_ref(found))?;
        document["SizeRw"] = sizes[0].own.into();
        document["SizeRootFs"] = sizes[0].whole.into();
    }
    Ok(document)
}

fn find(engine: &Engine, name: &str, among: Among, sized: Measured) -> Result<Inspected, Error> {
    let missing = |error: &engine::Error| error.kind == Kind::NoSuchObject;
    if matches!(among, Among::All | Among::Containers) {
        match engine.container(name) {
            Ok(found) => {
                return Ok(Inspected {
                    document: of_container(engine, &found, sized)?,
                    in_go: None,
                    kinds: kinds::CONTAINER,
                });
            }
            Err(error) if missing(&error) && among == Among::All => {}
            Err(error) if missing(&error) => {
                let text = format!("no such container \"{name}\"");
                return Err(engine::Error::of(Kind::NoSuchObject, text).into());
            }
            Err(error) => return Err(error.into()),
        }
    }
    if among == Among::Volumes {
        return Ok(volume::show::inspected(&engine.volume(name)?));
    }
    if among == Among::Artifacts {
        return Ok(artifact(&engine.artifact(name)?));
    }
    match engine.image(name) {
        Ok(found) => Ok(Inspected {
            document: image::document(&found),
            in_go: None,
            kinds: kinds::IMAGE,
        }),
        Err(error) if missing(&error) && among == Among::All => match engine.volume(name) {
            // A word that cannot be an artifact's name is none's.
            Err(error) if missing(&error) => match engine.artifact(name) {
                Ok(found) => Ok(artifact(&found)),
                Err(_) => {
                    let text = format!("no such object: \"{name}\"");
                    Err(engine::Error::of(Kind::NoSuchObject, text).into())
                }
            },
            found => Ok(volume::show::inspected(&found?)),
        },
        Err(error) => Err(error.into()),
    }
}

fn artifact(found: &Artifact) -> Inspected {
    Inspected {
        document: crate::cli::artifact::show::document(found),
        in_go: Some(crate::cli::artifact::show::in_go(found)),
        kinds: crate::cli::artifact::show::KINDS,
    }
}
