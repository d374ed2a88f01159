//! Reads a form that brings a file. It is held in memory, so that few are read at a time, and only from somebody who is signed in.

use crate::guard::{LARGEST_FORM, drain};
use crate::posted::File;
use crate::trouble::Trouble;
use actions::photograph::{FIELD, LARGEST};
use axum::body::{Body, Bytes};
use http_body_util::BodyExt as _;
use multer::Multipart;
use tokio::sync::Semaphore;

/// So many forms with a file are read at a time; others wait.
static READING: Semaphore = Semaphore::const_new(6);
/// What a form may hold beside its file: other fields, names, lines between the parts.
const AROUND: usize = 64 * 1024;
/// So many fields a form with a file has at most.
const FIELDS: usize = 16;

/// What a form holds: its pairs, and its file.
pub type Form = (Vec<(String, String)>, File);

/// Reads a form with a file. Where more is sent than a file may be large, what comes before the file is read, the rest thrown away.
pub async fn read(body: Body, kind: &str) -> Result<Form, Trouble> {
    let boundary = multer::parse_boundary(kind).map_err(|_| Trouble::NotUnderstood)?;
    // Never closed; were it, forms would be read all the same.
    let _turn = READING.acquire().await.ok();
    let (bytes, whole) = collect(body).await?;
    let mut form = Multipart::new(Body::from(bytes).into_data_stream(), boundary);
    let (mut pairs, mut file) = (Vec::new(), File::None);
    for _ in 0..FIELDS {
        // Where the end was thrown away, the file has none.
        let cut = |_| if whole { Err(Trouble::NotUnderstood) } else { Ok(()) };
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok((pairs, file)),
            Err(error) => return cut(error).map(|()| (pairs, File::TooLarge)),
        };
        let name = field.name().unwrap_or_default().to_string();
        let called = field.file_name().map(String::from);
        let bytes = match field.bytes().await {
            Ok(bytes) => bytes,
            Err(error) => return cut(error).map(|()| (pairs, File::TooLarge)),
        };
        if let Some(called) = called.clone() {
            pairs.push((format!("{name}-name"), called));
        }
        if name != FIELD && called.is_none() {
            pairs.push((name, String::from_utf8(bytes.into()).map_err(|_| Trouble::NotUnderstood)?));
        } else if bytes.len() > LARGEST {
            file = File::TooLarge;
        } else {
            file = File::Sent(bytes);
        }
    }
    Err(Trouble::NotUnderstood)
}

/// What is sent, and whether that is all of it.
async fn collect(mut body: Body) -> Result<(Bytes, bool), Trouble> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        // The line was cut: nobody reads the answer.
        let frame = frame.map_err(|_| Trouble::NotUnderstood)?;
        let Some(data) = frame.data_ref() else { continue };
        if bytes.len() + data.len() > LARGEST + AROUND {
            // The rest is read all the same, so that the browser comes to read our answer.
            let read = bytes.len() + data.len();
            bytes.truncate(LARGEST_FORM);
            bytes.extend_from_slice(&data[..data.len().min(LARGEST_FORM - bytes.len())]);
            drain(body, read).await;
            return Ok((bytes.into(), false));
        }
        bytes.extend_from_slice(data);
    }
    Ok((bytes.into(), true))
}
