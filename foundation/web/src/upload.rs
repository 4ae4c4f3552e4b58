//! Forms with a file: read once, checked as any other form is, and bounded.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use bytes::{Bytes, BytesMut};

use crate::caller::Caller;
use crate::digest::digest_of_bytes;
use crate::form::{self, Form};
use crate::problem::Problem;

/// The largest file, in bytes.
pub const LARGEST_FILE: usize = 5 * 1024 * 1024;

/// The largest body of a form with a file: the file, the fields, and what stands between them.
pub(crate) const LARGEST_BODY: usize = LARGEST_FILE + form::LIMIT + 64 * 1024;

/// The longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 200;

/// A form with one file, sent as `multipart/form-data` to a route made by
/// [`Route::with_file`](crate::Route::with_file). The fingerprint of the form covers the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// The fields, as of any other form.
    pub form: Form,
    /// The file.
    pub file: UploadedFile,
}

/// A file as it was sent. Without a name and bytes, none was chosen: that is for the handler to tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UploadedFile {
    /// Its name at the sender's, without folders; it says nothing of what the file is.
    pub name: String,
    /// What is in it.
    pub bytes: Bytes,
}

impl UploadedFile {
    /// Whether no file was chosen, or an empty one.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = "Send a form with a file: multipart/form-data.";
        if !form::is_sent_as(&request, "multipart/form-data") {
            return Err(Problem::malformed(kind));
        }
        let caller = request.extensions().get::<Caller>().cloned();
        let (head, body) = request.into_parts();
        // Read before it is taken apart, where a body that is too large still says so.
        let body = axum::body::to_bytes(body, LARGEST_BODY)
            .await
            .map_err(|_| Problem::too_large())?;
        let mut request = Request::from_parts(head, body.into());
        DefaultBodyLimit::disable().apply(&mut request);
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|_| Problem::malformed(kind))?;
        let (mut fields, mut file) = (Vec::new(), None);
        let mut left = form::LIMIT;
        while let Some(mut part) = parts.next_field().await.map_err(unread)? {
            let Some(name) = part.name().map(str::to_owned) else {
                return Err(Problem::malformed("A field has no name."));
            };
            left = left
                .checked_sub(name.len())
                .ok_or_else(Problem::too_large)?;
            let Some(file_name) = part.file_name().map(bare) else {
                let value = content(&mut part, left).await?;
                left = left.saturating_sub(value.len());
                let value = String::from_utf8(value.into())
                    .map_err(|_| Problem::malformed("A field is not UTF-8 text."))?;
                fields.push((name, value));
                continue;
            };
            if file.is_some() {
                return Err(Problem::malformed("More than one file was sent."));
            }
            // Its field counts as sent, so that no other can have its name.
            fields.push((name, file_name.clone()));
            file = Some(UploadedFile {
                name: file_name,
                bytes: content(&mut part, LARGEST_FILE).await?,
            });
        }
        let file = file.ok_or_else(|| Problem::malformed("The form has no field for a file."))?;
        let form = Form::admit(fields, Some(digest_of_bytes(&file.bytes)), caller.as_ref())?;
        Ok(Self { form, file })
    }
}

/// What a part holds, up to so many bytes.
async fn content(part: &mut Field<'_>, most: usize) -> Result<Bytes, Problem> {
    let mut content = BytesMut::new();
    while let Some(chunk) = part.chunk().await.map_err(unread)? {
        if content.len() + chunk.len() > most {
            return Err(Problem::too_large());
        }
        content.extend_from_slice(&chunk);
    }
    Ok(content.freeze())
}

fn unread(_: MultipartError) -> Problem {
    Problem::malformed("The form could not be read to its end.")
}

/// A file's name without folders and without characters that cannot be seen.
fn bare(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen = last.chars().filter(|character| !character.is_control());
    seen.take(LONGEST_NAME)
        .collect::<String>()
        .trim()
        .to_owned()
}
