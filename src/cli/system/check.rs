//! `system check`: is the store as it should be?

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output;
use crate::cli::words::duration;
use crate::engine::{self, CheckReport, CheckRequest, Engine, Fault, Repair, Suspect};

/// See that everything in the store is as it should be
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// Remove damaged images with the containers that need them
    #[arg(long, short)]
    pub force: bool,
    /// Layers older than this that nobody refers to are damage
    #[arg(long, short, value_name = "DURATION", default_value = "24h")]
    pub max: String,
    /// Do not look into layers, which takes long
    #[arg(long, short)]
    pub quick: bool,
    /// Remove damaged images that no container needs
    #[arg(long, short)]
    pub repair: bool,
}

/// `system check`
pub fn check(engine: &Engine, args: &CheckArgs) -> Result<u8, Error> {
    let max_age = duration::parse(&args.max)
        .map_err(|why| Error::usage(format!("--max {:?}", args.max), why))?;
    let repair = match (args.force, args.repair) {
        (true, _) => Repair::Containers,
        (false, true) => Repair::Images,
        (false, false) => Repair::Nothing,
    };
    let request = CheckRequest {
        quick: args.quick,
        max_age,
        repair,
    };
    let report = engine.check_store(&request)?;
    print(&report)?;
    if repair == Repair::Nothing {
        return judged(&report, "damage detected in local storage");
    }
    let again = engine.check_store(&CheckRequest {
        repair: Repair::Nothing,
        ..request
    })?;
    judged(
        &again,
        "damage in local storage still present after repair attempt",
    )
}

fn judged(report: &CheckReport, damaged: &str) -> Result<u8, Error> {
    match report.faults.is_empty() {
        true => Ok(exit::SUCCESS),
        false => Err(engine::Error::new(damaged).into()),
    }
}

fn print(report: &CheckReport) -> Result<(), Error> {
    let mut faults: Vec<&Fault> = report.faults.iter().collect();
    faults.sort_by(|a, b| a.suspect.cmp(&b.suspect));
    for same in faults.chunk_by(|a, b| a.suspect == b.suspect) {
        output::line(&format!("Damaged {}:", name(&same[0].suspect)))?;
        let count = same.len();
        let plural = if count == 1 { "" } else { "s" };
        output::line(&format!("{count} error{plural} occurred:"))?;
        for fault in same {
            output::line(&format!("\t* {}", fault.why))?;
        }
        output::line("")?;
    }
    for layer in &report.removed_layers {
        output::line(&format!("Deleted damaged layer: {}", layer.hex()))?;
    }
    for image in &report.removed_images {
        output::line(&format!("Deleted damaged image: {}", image.hex()))?;
    }
    for container in &report.removed_containers {
        output::line(&format!("Deleted damaged container: {container}"))?;
    }
    for path in &report.strange {
        output::warn(&format!("{} is not coracle's", path.display()));
    }
    Ok(())
}

fn name(suspect: &Suspect) -> String {
    match suspect {
        Suspect::Layer(chain) => format!("layer {}", chain.hex()),
        Suspect::Image(manifest) => format!("image {}", manifest.hex()),
        Suspect::ImageFile(path) => format!("image record {}", path.display()),
        Suspect::Artifact(name) => format!("artifact {name}"),
        Suspect::ArtifactFile(path) => format!("artifact record {}", path.display()),
        Suspect::Container(id) => format!("container {id}"),
        Suspect::Volume(name) => format!("volume {name}"),
        Suspect::Lost(path) => format!("unfinished {}", path.display()),
    }
}
