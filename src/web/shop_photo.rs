//! The picture of a shop on its pages.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::link_page::slug_in;
use super::page::PageFault;
use super::router::WebState;
use crate::domain::id::PhotoId;

/// `GET /{slug}/shop/{photo}`: the picture of the shop that has this link. Another picture has another key, so
/// that it may be kept for good; 404 when the shop shows another one, or none any more.
pub async fn show(
    State(web): State<WebState>,
    Path((slug, photo)): Path<(String, String)>,
) -> Result<Response, PageFault> {
    let photo = PhotoId(photo.parse().map_err(|_| StatusCode::NOT_FOUND)?);
    let jpeg = web.services.photo_of_shop(&slug_in(&slug)?, photo).await?.ok_or(StatusCode::NOT_FOUND)?;
    let kind = (header::CONTENT_TYPE, "image/jpeg");
    let kept = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    let name = (header::CONTENT_DISPOSITION, "inline; filename=\"shop.jpg\"");
    Ok(([kind, kept, name], jpeg).into_response())
}
