//! The picture on a link's page.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::link_page::slug_in;
use super::page::PageFault;
use super::router::WebState;

/// `GET /{slug}/photo/{digest}`: the picture, whose address changes with it, so that it may be kept for
/// good; 404 when the link shows another one, or none any more.
pub async fn show(
    State(web): State<WebState>,
    Path((slug, digest)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let jpeg = web.services.photo_of_link(&slug_in(&slug)?, &digest).await?.ok_or(StatusCode::NOT_FOUND)?;
    let kind = (header::CONTENT_TYPE, "image/jpeg");
    let kept = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    let name = (header::CONTENT_DISPOSITION, "inline; filename=\"photo.jpg\"");
    Ok(([kind, kept, name], jpeg).into_response())
}
