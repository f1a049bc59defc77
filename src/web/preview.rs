//! The picture that messengers show of a link's page.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::link_page::slug_in;
use super::page::PageFault;
use super::router::WebState;
use crate::services::previews::Preview;

/// `GET /{slug}/preview/{digest}.png`: the picture of the link as it stands now. The one that the page named
/// may be kept for good, since another picture has another address. Messengers ask for old ones long after,
/// and are shown how the link stands instead of a hole. 404 for no link, 410 for a deleted one, 304 to
/// whoever has the picture. A `Range` is not looked at: the whole picture is small.
pub async fn show(
    State(web): State<WebState>,
    Path((slug, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, PageFault> {
    let digest = name.strip_suffix(".png").ok_or(StatusCode::NOT_FOUND)?;
    let preview = web.services.preview_of_link(&slug_in(&slug)?, digest).await?;
    let Preview::Drawn { png, digest, is_as_asked } = preview.ok_or(StatusCode::NOT_FOUND)? else {
        return Err(StatusCode::GONE.into());
    };
    let kept = if is_as_asked { "public, max-age=31536000, immutable" } else { "public, max-age=60" };
    let tag = format!("\"{digest}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let is_known = known.is_some_and(|known| known.contains(&tag));
    let told = [(header::CACHE_CONTROL, kept.to_owned()), (header::ETAG, tag)];
    if is_known {
        return Ok((StatusCode::NOT_MODIFIED, told).into_response());
    }
    let kind = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"preview.png\""),
    ];
    Ok((told, kind, Bytes::from_owner(png)).into_response())
}
