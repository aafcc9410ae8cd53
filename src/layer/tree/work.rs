//! Role `tree`: the worker's side, from its orders to its report.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::process::ExitCode;

use crate::layer::error::Error;
use crate::layer::report::Report;
use crate::layer::tree::arrive::arrive;
use crate::layer::tree::changes::{changes, size};
use crate::layer::tree::enter::{reach, read_orders};
use crate::layer::tree::gather::{Ignored, gather};
use crate::layer::tree::measure::measure;
use crate::layer::tree::pack::{Use, pack};
use crate::layer::tree::send::send;
use crate::layer::tree::{BUFFER, Job, Place};
use crate::userns::worker as confined;

/// Runs the worker.
pub fn main() -> ExitCode {
    let Ok(passed) = confined::enter() else {
        return ExitCode::from(125); // no descriptor to say more through
    };
    let Ok([paper, report, output, input, process]) = <[OwnedFd; 5]>::try_from(passed) else {
        return ExitCode::from(125);
    };
    let mut report = File::from(report);
    let done = carry_out(paper, &report, [output, input], process);
    let answer = done.unwrap_or_else(|error| Report::of(&error));
    let text = serde_json::to_vec(&answer).expect("a report has no failing field");
    match report.write_all(&text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(125),
    }
}

fn carry_out(
    paper: OwnedFd,
    report: &File,
    [output, input]: [OwnedFd; 2],
    process: OwnedFd,
) -> Result<Report, Error> {
    let orders = read_orders(paper)?;
    let keep = [report.as_fd(), output.as_fd(), input.as_fd()];
    let trees = reach(&orders.place, process, &keep)?;
    let first = trees.first().expect("a place has a tree");
    let pipe = output.try_clone().map_err(Error::std("opening"))?;
    let mut output = BufWriter::with_capacity(BUFFER, File::from(output));
    let view = match &orders.place {
        Place::Views { trees, .. } => trees.first(),
        Place::Whole { view, .. } => Some(view),
        Place::Writable(_) | Place::Running => None,
    };
    let ids = view.and_then(|view| view.ids.as_ref());
    let marks = view.map(|view| view.marks).unwrap_or_default();
    let answer = match &orders.job {
        Job::Export { root } => {
            pack(first, &Use::Export { root: *root }, ids, &mut output)?;
            Report::Done
        }
        Job::Layer {
            limit,
            left_out,
            times,
        } => {
            let way = Use::Layer {
                limit: *limit,
                left_out,
                marks,
                times: *times,
            };
            pack(first, &way, ids, &mut output)?;
            Report::Done
        }
        Job::Changes(compared) => {
            let old = trees.get(1).ok_or_else(|| Error::WorkerDied {
                how: "got one tree to compare".to_owned(),
            })?;
            changes(first, old, *compared, marks, &mut output)?;
            Report::Done
        }
        Job::Send { path, named } => {
            send(first, path, *named, ids, &mut output, Some(pipe.as_fd()))?;
            Report::Done
        }
        Job::Gather(wanted) => {
            let all = &mut |_: &[u8]| Ignored::No;
            gather(first, wanted, all, ids, &mut output, Some(pipe.as_fd()))?;
            Report::Done
        }
        Job::Arrive(arrival) => {
            let input = File::from(input);
            arrive(first, arrival, &input, Some(input.as_fd()))?;
            crate::sys::failpoint::hit("layer.tree.arrived").map_err(Error::io("unpacking"))?;
            Report::Done
        }
        Job::Measure(within) => {
            measure(first, within, &mut output)?;
            Report::Done
        }
        Job::Sizes => Report::Sizes(trees.iter().map(size).collect::<Result<_, _>>()?),
    };
    output.flush().map_err(Error::Stream)?;
    Ok(answer)
}
