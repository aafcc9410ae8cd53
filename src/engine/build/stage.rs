//! One stage: from its base, step by step, to what it is in the end.

use crate::build::{Ground, Inputs, Instruction, Kind, Scope, Stage, Step};
use crate::engine::build::cache::Key;
use crate::engine::build::source::Base;
use crate::engine::build::{Build, Histories, StageNumber, Told, config, fault};
use crate::engine::views::Image;
use crate::engine::{Error, commit};
use crate::store::Lease;
use crate::types::image::History;
use crate::types::{DiffId, Digest, ImageConfig, ImageId, Platform, Timestamp};

/// What a stage came to.
pub(super) struct Made {
    pub config: ImageConfig,
    /// The key of its last step.
    pub key: Digest,
    pub scope: Scope,
    /// What it stands on, where that is an image and no step came after it.
    pub unchanged: Option<Image>,
    /// The image below all, by its name.
    pub base: Option<Named>,
    /// Keeps the layers.
    pub lease: Lease,
}

/// An image as a Containerfile called it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub name: String,
    pub manifest: Digest,
}

/// A stage in the making.
pub(super) struct Working<'w, 'b> {
    pub build: &'w Build<'b>,
    /// Its place in the file.
    pub index: usize,
    pub config: ImageConfig,
    pub scope: Scope,
    pub key: Digest,
    pub lease: Lease,
    /// The last step's container, where the stage has one layer.
    pub carried: Option<super::work::Workplace<'b>>,
    /// Where files were mounted in it.
    pub left_out: Vec<String>,
    /// CMD stands in this stage.
    cmd_is_own: bool,
    /// How the last step came about.
    cached: bool,
}

/// What a step did.
pub(super) enum Outcome {
    /// Nothing to the tree.
    Plain,
    /// A layer of its own.
    Layer(DiffId),
}

impl<'b> Build<'b> {
    /// Builds a stage.
    pub fn stage(&self, index: usize, number: StageNumber, last: bool) -> Result<Made, Error> {
        let stage = &self.file.stages[index];
        let of = 1 + stage.instructions.len();
        self.narrator.tell(Told::Step {
            stage: number,
            number: 1,
            of,
            text: &stage.text,
        });
        let base = self.base(index)?;
        let Base {
            config,
            key,
            scope,
            image,
            named,
            lease,
        } = base;
        let mut working = Working {
            build: self,
            index,
            config,
            scope,
            key,
            lease,
            carried: None,
            left_out: Vec::new(),
            cmd_is_own: false,
            cached: false,
        };
        let triggers = working.triggers(stage)?;
        let steps = triggers.iter().chain(&stage.instructions);
        let total = triggers.len() + stage.instructions.len();
        for (at, instruction) in steps.enumerate() {
            self.narrator.tell(Told::Step {
                stage: number,
                number: at + 2,
                of: total + 1,
                text: &instruction.text,
            });
            working.perform(instruction).map_err(|error| {
                error.while_doing(format!("building at STEP {}", quoted(&instruction.text)))
            })?;
            let id = working.id();
            match (working.cached, last && at + 1 == total) {
                (true, _) => self.narrator.tell(Told::Cached { id }),
                (false, false) => self.narrator.tell(Told::Made { id }),
                (false, true) => {}
            }
        }
        if working.pack_carried()?
            && let Some(step) = working.config.history.last_mut()
        {
            step.empty_layer = false;
        }
        Ok(Made {
            unchanged: image.filter(|_| total == 0),
            config: working.config,
            key: working.key,
            scope: working.scope,
            base: named,
            lease: working.lease,
        })
    }
}

/// An instruction as errors show it.
fn quoted(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    format!("\"{}\"", crate::types::escape::visible(line))
}

impl Working<'_, '_> {
    /// What the base wants done in builds upon it.
    fn triggers(&mut self, stage: &Stage) -> Result<Vec<Instruction>, Error> {
        let all = self.config.config.on_build.take().unwrap_or_default();
        let file = &self.build.file;
        let parsed = all.iter().map(|text| file.trigger(stage, text));
        parsed.collect::<Result<_, _>>().map_err(fault)
    }

    /// Carries one instruction out, or takes what it gave earlier.
    fn perform(&mut self, instruction: &Instruction) -> Result<(), Error> {
        let step = self.scope.step(instruction).map_err(fault)?;
        let created_by = self.created_by(&step);
        let (key, prepared) = self.prepare(&step)?;
        let recalled = self.recall(&key)?;
        self.cached = recalled.is_some();
        let (created, own_layer) = match recalled {
            Some(known) => {
                self.configure(&step.kind);
                self.config.rootfs.diff_ids = known.layers;
                let fixed = self.build.request.times;
                let created = match fixed {
                    super::Stamps::Now => known.created,
                    _ => self.build.now(),
                };
                (created, known.own_layer)
            }
            None => {
                let outcome = self.work(&step, prepared)?;
                self.configure(&step.kind);
                let own = matches!(outcome, Outcome::Layer(_));
                if let Outcome::Layer(diff_id) = outcome {
                    self.config.rootfs.diff_ids.push(diff_id);
                }
                let created = self.build.now();
                self.remember(&key, created, own)?;
                (created, own)
            }
        };
        self.key = key;
        self.note(created, created_by, own_layer);
        Ok(())
    }

    /// The step's key, and what was looked at for it.
    fn prepare(&mut self, step: &Step) -> Result<(Digest, Prepared), Error> {
        let mut key = Key::new();
        let prepared = match &step.kind {
            Kind::Run(run) => {
                key.add(&self.told());
                Prepared::Run(self.prepare_run(step, run, &mut key)?)
            }
            Kind::Copy(copy) => Prepared::Copy(self.prepare_copy(copy, &mut key)?),
            Kind::Add(add) => Prepared::Copy(self.prepare_add(add, &mut key)?),
            _ => Prepared::Nothing,
        };
        let platform = Platform {
            architecture: self.config.architecture.clone(),
            os: self.config.os.clone(),
            variant: self.config.variant.clone(),
            os_version: None,
        };
        let inner = &self.config.config;
        let ground = Ground {
            parent: &self.key,
            platform: &platform,
            env: self.scope.env(),
            user: inner.user.as_deref().unwrap_or_default(),
            workdir: inner.working_dir.as_deref().unwrap_or_default(),
            shell: &config::shell(&self.config),
        };
        let content = key.finish();
        let inputs = Inputs {
            content: Some(&content),
            ..Inputs::default()
        };
        Ok((crate::build::key(step, &ground, &inputs), prepared))
    }

    fn work(&mut self, step: &Step, prepared: Prepared) -> Result<Outcome, Error> {
        match (&step.kind, prepared) {
            (Kind::Run(run), Prepared::Run(words)) => self.run(run, words),
            (Kind::Copy(_) | Kind::Add(_), Prepared::Copy(plan)) => self.copy(&plan),
            (Kind::Workdir(path), _) => self.make_workdir(path),
            _ => Ok(Outcome::Plain),
        }
    }

    fn configure(&mut self, kind: &Kind) {
        config::apply(&mut self.config, kind, &mut self.cmd_is_own);
        if let Kind::Env(_) = kind {
            let pairs = self.scope.env().iter();
            let env: Vec<String> = pairs
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            self.config.config.env = Some(env);
        }
    }

    /// How the image tells of the step; podman-history(1).
    fn created_by(&self, step: &Step) -> String {
        match &step.kind {
            Kind::Run(run) => {
                let words = match run.script() {
                    crate::build::Script::Exec(words) => words,
                    crate::build::Script::Shell(line) => {
                        let mut words = config::shell(&self.config);
                        words.push(line);
                        words
                    }
                    crate::build::Script::File { .. } => vec![step.text.clone()],
                };
                let proxies = crate::build::PROXIES;
                let arguments = step.arguments.iter();
                let told: Vec<String> = arguments
                    .filter(|(name, _)| !proxies.contains(&name.as_str()))
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect();
                match told.is_empty() {
                    true => words.join(" "),
                    false => format!("|{} {} {}", told.len(), told.join(" "), words.join(" ")),
                }
            }
            _ => format!("/bin/sh -c #(nop) {}", step.text),
        }
    }

    /// Adds a line to the image's history.
    fn note(&mut self, created: Timestamp, created_by: String, own_layer: bool) {
        let created = created.to_string();
        self.config.created = Some(created.clone());
        if self.build.request.history == Histories::Omitted {
            return;
        }
        self.config.history.push(History {
            created: Some(created),
            created_by: Some(created_by),
            empty_layer: !own_layer,
            ..History::default()
        });
    }

    /// What the image's id would be now.
    fn id(&self) -> ImageId {
        let diff_ids = &self.config.rootfs.diff_ids;
        let document = commit::document(self.config.clone(), diff_ids, self.build.request.format);
        ImageId(Digest::of(&document))
    }
}

/// What was looked at for a step's key.
pub(super) enum Prepared {
    Nothing,
    Run(super::run::Planned),
    Copy(super::copy::Plan),
}
