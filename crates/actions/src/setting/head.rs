//! How an area appears: its name and its picture at the head of pages and of what is printed, and what it calls people and teams now.

use super::{Set, Subject};
use crate::app::App;
use crate::area::Kind;
use crate::authorise::Actor;
use crate::refused::{Refused, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use casebook::rules::Called;
use engine::rulebook::SettingValue;
use engine::time::Moment;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::{ImageFormat, ImageReader, Limits};
use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use std::sync::{Arc, PoisonError};

/// What other servers of the database have set is read again so often.
const AGAIN_US: i64 = 60 * 1_000_000;
/// A picture may be so large, in bytes and on a side in dots; and so it is kept.
const LARGEST: usize = 2 * 1024 * 1024;
const WIDEST: u32 = 6_000;
const KEPT: (u32, u32) = (480, 96);
/// Nothing can be made out in a picture with fewer dots on a side.
const SMALLEST: u32 = 16;

/// How an area appears, and what else it has set that pages ask again and again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Head {
    /// Its name; empty where none is set.
    pub name: String,
    /// The version of its picture.
    pub logo: Option<i64>,
    /// Whom to ask for help in the area; empty where none is set.
    pub helpline: String,
    /// After so many minutes without an entry somebody is told, where it is set.
    pub silence: Option<i64>,
    /// The same at high risk.
    pub silence_high: Option<i64>,
}

/// What areas have set that is asked for again and again, also while the database is away.
#[derive(Default)]
pub(crate) struct Known {
    /// Office hours, each from when on, by area.
    pub hours: HashMap<String, Vec<(Moment, SettingValue)>>,
    /// Numbers that have changed since a protocol was printed, by area and contact.
    pub newer: HashMap<(String, String), Set>,
}

/// By area.
pub(crate) type Heads = BTreeMap<String, Head>;

/// How the area appears that somebody works in.
pub(crate) async fn head(app: &App, actor: &Actor) -> Result<Option<Head>> {
    let Some(area) = actor.area() else { return Ok(None) };
    Ok(heads(app).await?.get(area).cloned())
}

/// What areas are called and whom they say to ask for help, of this area or of all, as it was read last: it asks the database for nothing, so that
/// it stands also on the page for paper. Where nobody set either, an area is not among them.
pub fn called(app: &App, area: Option<&str>) -> Vec<(String, String)> {
    let heads = app.heads.lock().unwrap_or_else(PoisonError::into_inner).1.clone();
    let wanted = heads.iter().filter(|(own, _)| area.is_none_or(|area| area == own.as_str()));
    let said = wanted.map(|(_, head)| (head.name.clone(), head.helpline.clone()));
    said.filter(|(name, line)| !name.is_empty() || !line.is_empty()).collect()
}

/// What areas have set, as it was a minute ago at most.
pub(crate) async fn heads(app: &App) -> Result<Arc<Heads>> {
    let now = app.now_us();
    {
        let known = app.heads.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 >= 0 && (known.0..known.0.saturating_add(AGAIN_US)).contains(&now) {
            return Ok(known.1.clone());
        }
    }
    read(app).await
}

/// Reads what areas have set, and calls people and teams so, and goes by their office hours, from now on.
pub(super) async fn read(app: &App) -> Result<Arc<Heads>> {
    let (mut heads, mut called, mut known) = (Heads::new(), Called::new(), Known::default());
    let own = Subject::hours_word();
    for row in app.store.area_everywhere(Kind::Setting.word()).await? {
        let Ok(set) = serde_json::from_str::<Set>(&row.payload) else { continue };
        if !set.is_set || set.value.is_empty() {
            continue;
        }
        if row.subject == own {
            let set = super::known::hours(app, &row.area).await?;
            known.hours.insert(row.area, set);
        } else if let Some(contact) = row.subject.strip_prefix("contact.") {
            known.newer.insert((row.area, contact.to_owned()), set);
        } else if let Some(role) = row.subject.strip_prefix("name.") {
            called.insert((row.area, role.to_owned()), set.value);
        } else if row.subject == Subject::Name.word() {
            heads.entry(row.area).or_default().name = set.value;
        } else if row.subject == Subject::Helpline.word() {
            heads.entry(row.area).or_default().helpline = set.value;
        } else if row.subject == Subject::Logo.word() {
            heads.entry(row.area).or_default().logo = Some(row.n);
        } else if row.subject == (Subject::Silence { high: false }).word() {
            heads.entry(row.area).or_default().silence = set.value.parse().ok().map(|hours: i64| hours * 60);
        } else if row.subject == (Subject::Silence { high: true }).word() {
            heads.entry(row.area).or_default().silence_high = set.value.parse().ok().map(|hours: i64| hours * 60);
        }
    }
    app.rules.call(called);
    *app.set.lock().unwrap_or_else(PoisonError::into_inner) = known;
    let heads = Arc::new(heads);
    *app.heads.lock().unwrap_or_else(PoisonError::into_inner) = (app.now_us(), heads.clone());
    Ok(heads)
}

/// The picture of the area that somebody works in, as PNG.
pub async fn logo(app: &App, actor: &Actor) -> Result<Vec<u8>> {
    let area = actor.area().ok_or(Refused::NotFound)?;
    let word = Subject::Logo.word();
    let set = super::all(app, area).await?.into_iter().find(|one| one.row.subject == word && one.says.is_set);
    let value = set.map(|one| one.says.value).unwrap_or_default();
    STANDARD.decode(value).ok().filter(|bytes| !bytes.is_empty()).ok_or(Refused::NotFound)
}

/// Makes the picture that is kept of what was sent: PNG, no larger than a line at the head of a page needs, with nothing else that was in the file.
pub(super) fn made(sent: &[u8]) -> std::result::Result<String, String> {
    let no_picture = || "This is no picture that can be opened. Choose one in PNG or JPEG format".to_string();
    if sent.len() > LARGEST {
        return Err("The picture has more than 2 MB. Choose a smaller one".into());
    }
    let mut reader = ImageReader::new(Cursor::new(sent)).with_guessed_format().map_err(|_| no_picture())?;
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg)) {
        return Err(no_picture());
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(WIDEST);
    limits.max_image_height = Some(WIDEST);
    reader.limits(limits);
    let image = reader.decode().map_err(|_| no_picture())?;
    if image.width().min(image.height()) < SMALLEST {
        return Err("The picture is too small to be made out. Choose a larger one".into());
    }
    let (wide, high) = KEPT;
    let image = if image.width() > wide || image.height() > high {
        image.resize(wide, high, FilterType::CatmullRom)
    } else {
        image
    };
    let mut png = Vec::new();
    image.to_rgba8().write_with_encoder(PngEncoder::new(&mut png)).map_err(|_| no_picture())?;
    Ok(STANDARD.encode(png))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(wide: u32, high: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        image::RgbaImage::new(wide, high).write_with_encoder(PngEncoder::new(&mut bytes)).unwrap();
        bytes
    }

    #[test]
    fn a_picture_is_made_anew_and_small() {
        let kept = STANDARD.decode(made(&png(2400, 800)).unwrap()).unwrap();
        let kept = image::load_from_memory_with_format(&kept, ImageFormat::Png).unwrap();
        assert_eq!((kept.width(), kept.height()), (288, 96));
        for (bytes, says) in [
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec(), "no picture"),
            (b"GIF89a".to_vec(), "no picture"),
            (png(40, 2), "too small"),
            (png(7_000, 20), "no picture"),
            (vec![0; LARGEST + 1], "2 MB"),
        ] {
            assert!(made(&bytes).unwrap_err().contains(says));
        }
    }
}
