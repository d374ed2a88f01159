//! From what somebody sends to the two pictures that are kept: turned the right way up, made smaller, and without anything else that was
//! in the file. What cannot be used is said in words.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbImage};
use std::io::Cursor;
use store::Photograph;

/// A photograph may be so large, in bytes. Telephones make them of up to 12 MB.
pub const LARGEST: usize = 15 * 1024 * 1024;
/// Nobody is known by a picture with fewer pixels on a side.
const FEWEST: u32 = 120;
/// A picture with more pixels is not opened: each needs three bytes of memory, or more while it is opened.
const MOST: u64 = 50_000_000;
const MEMORY: u64 = 400 * 1024 * 1024;
/// The longer side of the picture that is kept, in pixels, and the sides of the small one of lists.
const PICTURE: u32 = 1000;
const PORTRAIT: u32 = 96;
/// How much of a picture is kept, of 100.
const PICTURE_QUALITY: u8 = 80;
const PORTRAIT_QUALITY: u8 = 68;

/// The two pictures.
pub(crate) struct Made {
    /// See [`Photograph::picture`].
    pub picture: Vec<u8>,
    /// See [`Photograph::portrait`].
    pub portrait: Vec<u8>,
}

impl Made {
    /// As it is kept.
    pub fn photograph(self, added_us: i64, added_by: &str) -> Photograph {
        let Made { picture, portrait } = self;
        let id = Photograph::id_of(&picture, &portrait);
        Photograph { id, picture, portrait, added_us, added_by: added_by.into() }
    }
}

/// Makes the pictures. Takes a second or so of a processor for a large photograph.
///
/// # Errors
/// Why it cannot be used, in the words of whoever sent it.
pub(crate) fn make(sent: &[u8]) -> Result<Made, String> {
    let image = open(sent)?;
    let (width, height) = (image.width(), image.height());
    if width.min(height) < FEWEST {
        return Err(format!(
            "The picture is only {width} by {height} dots, too small to know anybody by. Choose a larger one"
        ));
    }
    let longer = width.max(height);
    let smaller = if longer > PICTURE { image.resize(PICTURE, PICTURE, FilterType::CatmullRom) } else { image };
    let picture = on_white(smaller);
    let portrait = square(&picture).resize(PORTRAIT, PORTRAIT, FilterType::Lanczos3);
    Ok(Made { picture: jpeg(&picture, PICTURE_QUALITY)?, portrait: jpeg(&portrait, PORTRAIT_QUALITY)? })
}

/// Opens a picture and turns it the way the camera says.
fn open(sent: &[u8]) -> Result<DynamicImage, String> {
    if sent.is_empty() {
        return Err("Choose a photograph".into());
    }
    if sent.len() > LARGEST {
        return Err(too_large());
    }
    if is_heic(sent) {
        return Err("This is a HEIC picture, which not every browser can show. Take a screenshot of it and choose that, or send it to \
                    yourself as a JPEG"
            .into());
    }
    let not_a_picture =
        || "This file is not a picture that can be opened. Choose a photograph in JPEG, PNG or WebP format".to_string();
    let mut reader = ImageReader::new(Cursor::new(sent)).with_guessed_format().map_err(|_| not_a_picture())?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(not_a_picture());
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let too_many =
        || "The picture has more dots than can be opened here. Take a screenshot of it and choose that".to_string();
    let damaged = |error: image::ImageError| match error {
        image::ImageError::Limits(_) => too_many(),
        _ => "The picture is damaged and cannot be opened. Choose another, or take a screenshot of it".to_string(),
    };
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    // Some decoders of the library heed no limit of memory, so that dots are counted before anything is opened.
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST {
        return Err(too_many());
    }
    let turned = decoder.orientation().map_err(damaged)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    image.apply_orientation(turned);
    Ok(image)
}

/// The words for a file that is too large.
pub(super) fn too_large() -> String {
    let most = LARGEST / (1024 * 1024);
    format!("The photograph is larger than {most} MB. Take a screenshot of it and choose that")
}

/// The pictures of newer iPhones.
fn is_heic(sent: &[u8]) -> bool {
    let brand = sent.get(4..12).unwrap_or_default();
    brand.starts_with(b"ftyp")
        && [b"heic", b"heix", b"hevc", b"mif1", b"msf1"].iter().any(|known| brand.ends_with(*known))
}

/// What is transparent stands on white.
fn on_white(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return image.into_rgb8().into();
    }
    let seen = image.into_rgba8();
    let mut made = RgbImage::new(seen.width(), seen.height());
    for (to, from) in made.chunks_exact_mut(3).zip(seen.chunks_exact(4)) {
        let alpha = u16::from(from[3]);
        for (to, from) in to.iter_mut().zip(from) {
            *to = ((u16::from(*from) * alpha + 255 * (255 - alpha)) / 255) as u8;
        }
    }
    made.into()
}

/// The square in which a face most likely is: of a tall picture rather the upper part.
fn square(picture: &DynamicImage) -> DynamicImage {
    let (width, height) = (picture.width(), picture.height());
    let side = width.min(height);
    picture.crop_imm((width - side) / 2, (height - side) / 4, side, side)
}

fn jpeg(image: &DynamicImage, quality: u8) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let written = image.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality));
    // Memory is written to, which does not fail; whatever it is, nothing half made is kept.
    written.map_err(|_| "The picture cannot be kept. Choose another".to_string())?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture that is red above and blue below.
    fn flag(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |_, y| image::Rgb(if y < height / 2 { [220, 20, 20] } else { [20, 20, 220] }))
    }

    fn sent(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).expect("a picture of our own");
        bytes.into_inner()
    }

    fn opened(bytes: &[u8]) -> RgbImage {
        image::load_from_memory_with_format(bytes, ImageFormat::Jpeg).expect("a JPEG").into_rgb8()
    }

    fn is_red(image: &RgbImage, x: u32, y: u32) -> bool {
        let [red, green, blue] = image.get_pixel(x, y).0;
        red > 150 && green < 90 && blue < 90
    }

    #[test]
    fn a_large_picture_is_made_smaller_and_a_small_one_is_left() {
        let made = make(&sent(&flag(3000, 4000).into(), ImageFormat::Jpeg)).expect("a picture");
        let (picture, portrait) = (opened(&made.picture), opened(&made.portrait));
        assert_eq!((picture.dimensions(), portrait.dimensions()), ((750, 1000), (96, 96)));
        // The square is taken from the upper part.
        assert!(is_red(&portrait, 48, 50) && !is_red(&portrait, 48, 90));
        assert!(made.portrait.len() < 4000, "{}", made.portrait.len());
        let made = make(&sent(&flag(200, 150).into(), ImageFormat::Png)).expect("a picture");
        assert_eq!(opened(&made.picture).dimensions(), (200, 150));
        let made = make(&sent(&flag(200, 150).into(), ImageFormat::WebP)).expect("a picture");
        assert_eq!(opened(&made.picture).dimensions(), (200, 150));
    }

    /// An EXIF block that says how the camera was held, and where it stood.
    fn with_exif(jpeg: &[u8], turned: u8) -> Vec<u8> {
        let mut tiff = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
        tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0]);
        tiff.extend([0x01, 0x0f, 0, 2, 0, 0, 0, 22, 0, 0, 0, 38, 0, 0, 0, 0]);
        tiff.extend(b"51.5007,-0.1246 a home");
        let mut made = jpeg[..2].to_vec();
        made.extend([0xff, 0xe1]);
        made.extend((tiff.len() as u16 + 2).to_be_bytes());
        made.extend(tiff);
        made.extend(&jpeg[2..]);
        made
    }

    #[test]
    fn a_picture_is_turned_and_forgets_where_it_was_taken() {
        let plain = sent(&flag(400, 300).into(), ImageFormat::Jpeg);
        // Held on its side: what is above lies to the left in the file (6 turns it a quarter to the right).
        let camera = with_exif(&plain, 6);
        assert!(camera.windows(7).any(|w| w == b"51.5007"));
        let made = make(&camera).expect("a picture");
        let picture = opened(&made.picture);
        assert_eq!(picture.dimensions(), (300, 400));
        assert!(is_red(&picture, 290, 200) && !is_red(&picture, 10, 200));
        for kept in [&made.picture, &made.portrait] {
            assert!(!kept.windows(7).any(|w| w == b"51.5007") && !kept.windows(4).any(|w| w == b"Exif"));
        }
    }

    #[test]
    fn what_is_transparent_stands_on_white() {
        let clear = image::RgbaImage::from_pixel(200, 200, image::Rgba([0, 0, 0, 0]));
        let made = make(&sent(&clear.into(), ImageFormat::Png)).expect("a picture");
        assert_eq!(opened(&made.picture).get_pixel(100, 100).0, [255, 255, 255]);
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        // Of a JPEG that was cut short the upper part is shown, and whoever sent it sees so on the next page.
        let good = sent(&flag(400, 300).into(), ImageFormat::Png);
        let cut = &good[..good.len() / 3];
        let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
        let tiny = sent(&flag(64, 64).into(), ImageFormat::Png);
        let wide = DynamicImage::from(image::GrayImage::new(10_000, 5_001));
        let [jpeg, png] = [ImageFormat::Jpeg, ImageFormat::Png].map(|format| sent(&wide, format));
        for (bytes, says) in [
            (&[][..], "Choose a photograph"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
            (b"GIF89a\x01\0\x01\0\0\0\0;", "not a picture"),
            (cut, "damaged"),
            (&heic, "HEIC"),
            (&tiny, "64 by 64"),
            (&jpeg, "more dots"),
            (&png, "more dots"),
            (&vec![0xff; LARGEST + 1], "larger than 15 MB"),
        ] {
            let why = make(bytes).err().expect("it cannot be used");
            assert!(why.contains(says), "{why}");
        }
    }
}
