//! Reads a form that brings a file.

use crate::guard::{DRAINED, LARGEST_FORM, TOKEN};
use crate::posted::File;
use crate::trouble::Trouble;
use actions::photograph::{FIELD, LARGEST};
use axum::body::Body;
use multer::Multipart;

/// The pairs of a form, and its file. `trusted` says whether a token is that of somebody who is signed in, on a page of ours: a file that
/// comes before one is read and thrown away.
pub async fn read(
    body: Body,
    kind: &str,
    trusted: impl Fn(&str) -> bool,
) -> Result<(Vec<(String, String)>, File), Trouble> {
    let boundary = multer::parse_boundary(kind).map_err(|_| Trouble::NotUnderstood)?;
    let mut form = Multipart::new(body.into_data_stream(), boundary);
    let (mut pairs, mut file, mut read) = (Vec::new(), File::None, 0);
    // The line was cut, or this is no form: nobody reads the answer, or nobody of ours sent it.
    while let Some(mut field) = form.next_field().await.map_err(|_| Trouble::NotUnderstood)? {
        let name = field.name().unwrap_or_default().to_string();
        let is_file = name == FIELD;
        let known = || pairs.iter().any(|(name, token): &(String, String)| name == TOKEN && trusted(token));
        let most = if is_file && known() {
            LARGEST
        } else if is_file {
            0
        } else {
            LARGEST_FORM
        };
        let (mut bytes, mut whole) = (Vec::new(), true);
        while let Some(chunk) = field.chunk().await.map_err(|_| Trouble::NotUnderstood)? {
            read += chunk.len();
            if read > DRAINED {
                return Err(Trouble::TooLarge);
            }
            if whole && bytes.len() + chunk.len() <= most {
                bytes.extend_from_slice(&chunk);
            } else {
                // The rest is read all the same, so that the browser comes to read our answer.
                (whole, bytes) = (false, Vec::new());
            }
        }
        match (is_file, whole) {
            (true, true) => file = File::Sent(bytes.into()),
            (true, false) => file = File::TooLarge,
            (false, true) => pairs.push((name, String::from_utf8(bytes).map_err(|_| Trouble::NotUnderstood)?)),
            (false, false) => return Err(Trouble::TooLarge),
        }
    }
    Ok((pairs, file))
}
