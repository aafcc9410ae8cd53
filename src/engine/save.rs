//! Images into an archive: Docker's `save` format, OCI layout as archive or directory, `dir:`.
//!
//! How they are written: `write`. An archive appears whole or not at all.

use crate::engine::deliver::{Delivery, To};
use crate::engine::find::match_name;
use crate::engine::views::SaveRequest;
use crate::engine::write::Chosen;
use crate::engine::{Engine, Error};
use crate::layer::compress::Pressing;
use crate::types::Progress;
use crate::types::event::Event as Happened;
use crate::types::image::Family;
use crate::types::transport::Form;

impl Engine {
    pub fn save(&self, request: &SaveRequest, progress: &dyn Progress) -> Result<(), Error> {
        let chosen = self.chosen(&request.names)?;
        let several = request.format == Form::DockerArchive && request.multi;
        if chosen.len() > 1 && !several {
            return Err(Error::new("several images fit only into a docker-archive")
                .hint("use --multi-image-archive with --format docker-archive"));
        }
        let delivery = Delivery {
            form: request.format,
            to: request.output.as_deref().map_or(To::Stdout, To::Path),
            how: request.compress.then_some(Pressing::GZIP),
            family: Family::Docker,
            doing: "Copying layer",
        };
        let delivered = self.deliver(&chosen, delivery, progress);
        if request.compress {
            // Compressed layers lay in tmp/.
            self.tidy();
        }
        delivered?;
        let to = request.output.as_deref();
        let to = to.map_or_else(|| "-".to_owned(), |path| path.display().to_string());
        for one in &chosen {
            self.record(Happened::image("save", one.image.id.hex(), to.as_str()));
        }
        Ok(())
    }

    /// Looks the words up; two words for one image make one image with two names.
    fn chosen(&self, words: &[String]) -> Result<Vec<Chosen>, Error> {
        let mut chosen: Vec<Chosen> = Vec::new();
        for word in words {
            let image = self.image(word)?;
            // An id stands for no name, and a name by digest is none that can be given.
            let name = match_name(&image.names, word).filter(|name| !name.contains('@'));
            match chosen.iter_mut().find(|known| known.image.id == image.id) {
                Some(known) => known.names.extend(name),
                None => chosen.push(Chosen {
                    image,
                    names: name.into_iter().collect(),
                }),
            }
        }
        Ok(chosen)
    }
}
